/**
 * Passes along rows of memory, a vector at a time: element-wise formulas, those of several layers
 * at once, max-pooling, copies and transpositions.
 */
package io.convoy.kernel.simd.row;
