/** What goes wrong, sorted by who can mend it. Knows nothing of the rest. */
package io.convoy.error;
