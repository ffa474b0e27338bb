/**
 * Images out of bytes: formats, colours, orientation, and what is made of an image: crops, sizes.
 * Knows nothing of data sets. With {@link io.convoy.data.raster} and what is below it, it alone of
 * all that reads data sees kernels: their contracts, and the provider that chooses them.
 */
package io.convoy.data.image;
