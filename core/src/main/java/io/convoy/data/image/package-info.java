/**
 * Images out of bytes: formats, colours, orientation, and what is made of an image: crops, sizes.
 * Knows nothing of data sets.
 */
package io.convoy.data.image;
