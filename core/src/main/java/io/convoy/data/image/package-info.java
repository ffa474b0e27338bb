/** Images out of bytes: formats, colours, orientation. Knows nothing of data sets. */
package io.convoy.data.image;
