/** {@link io.convoy.kernel.JpegKernels} in vector registers. */
package io.convoy.kernel.simd.jpeg;
