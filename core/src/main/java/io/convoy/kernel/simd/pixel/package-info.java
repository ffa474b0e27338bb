/**
 * Passes over the bytes of images: resizing, and the parts of a JPEG's decoding that go along rows.
 */
package io.convoy.kernel.simd.pixel;
