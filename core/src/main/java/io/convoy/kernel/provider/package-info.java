/**
 * The choice of the kernels that this JVM runs, between {@link io.convoy.kernel.scalar} and {@code
 * io.convoy.kernel.simd}; on top of both, and the way to them for the rest of the code.
 */
package io.convoy.kernel.provider;
