/** Text for a terminal: how wide it is, and columns of it. It knows nothing of what it shows. */
package io.convoy.text;
