/**
 * What the compiler has to know as constants, at the bottom of all kernels in vector registers: the
 * shape of a vector, and the numbers that a class is defined for.
 */
package io.convoy.kernel.simd.constant;
