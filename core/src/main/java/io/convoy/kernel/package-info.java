/**
 * What kernels promise ({@link io.convoy.kernel.Kernels}), the choice between the scalar and the
 * SIMD provider, and the pool of threads that they run on. Both providers give the same bits: lanes
 * go along outputs, sums run in the order that the contract's javadoc gives.
 */
package io.convoy.kernel;
