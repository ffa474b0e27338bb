/** Passes over the bytes of images, in vectors of ints: a lane for each line of pixels. */
package io.convoy.kernel.simd.pixel;
