/**
 * The kernels in vector registers as a whole. This package and those below it are the only ones
 * that touch {@code jdk.incubator.vector}; they are loaded by name, and only where the module is
 * there, so nothing else may name a class of theirs. Lanes go along outputs, so that the width of a
 * register has no part in any sum.
 *
 * <p>Imports run upwards to here: {@code constant} → {@code tile}, {@code winograd}, {@code
 * depthwise}, {@code row}, {@code pixel}, which know nothing of each other → {@code simd}. All see
 * the contracts ({@link io.convoy.kernel}) and {@link io.convoy.kernel.scalar}, for what does not
 * fill a vector.
 *
 * <p>Hot loops hand no vector to a method of ours, nor take one from it: C2 inlines the Vector
 * API's own methods always, but ours only where it finds the call frequent enough, and where it
 * does not, each vector becomes an object.
 */
package io.convoy.kernel.simd;
