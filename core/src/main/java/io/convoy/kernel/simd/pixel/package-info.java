/** Passes over the bytes of images: a byte of a vector for each of some lines of pixels. */
package io.convoy.kernel.simd.pixel;
