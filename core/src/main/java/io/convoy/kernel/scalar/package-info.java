/** The reference: the contract of the kernels in plain loops, and the fallback without SIMD. */
package io.convoy.kernel.scalar;
