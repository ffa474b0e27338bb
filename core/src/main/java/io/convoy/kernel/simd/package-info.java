/**
 * Kernels in vector registers: the only package that touches {@code jdk.incubator.vector}. Lanes go
 * along outputs, so that the width of a register has no part in any sum. Loaded by name, and only
 * where the module is there.
 *
 * <p>Hot loops hand no vector to a method of ours, nor take one from it: C2 inlines the Vector
 * API's own methods always, but ours only where it finds the call frequent enough, and where it
 * does not, each vector becomes an object.
 */
package io.convoy.kernel.simd;
