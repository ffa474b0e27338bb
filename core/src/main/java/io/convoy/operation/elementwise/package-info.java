/**
 * Operations whose output at a place depends on the inputs at that place alone, or that move
 * values: activations, sums, dropout, flattening, joining.
 */
package io.convoy.operation.elementwise;
