/**
 * What kernels promise ({@link io.convoy.kernel.Kernels}), what both providers compute with, and
 * the pool of threads that they run on. Both providers give the same bits: lanes go along outputs,
 * sums run in the order that the contract's javadoc gives.
 *
 * <p>Imports run one way: these contracts, which know of no provider → {@code scalar} → {@code
 * simd} and what is below it → {@code provider}, which chooses.
 */
package io.convoy.kernel;
