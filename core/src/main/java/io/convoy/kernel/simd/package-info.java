/**
 * Kernels in vector registers: the only package that touches {@code jdk.incubator.vector}. Lanes go
 * along outputs, so that the width of a register has no part in any sum. Loaded by name, and only
 * where the module is there.
 */
package io.convoy.kernel.simd;
