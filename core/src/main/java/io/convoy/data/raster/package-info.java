/** Rectangles of pixels: what decoding, cropping and resampling hand to each other. */
package io.convoy.data.raster;
