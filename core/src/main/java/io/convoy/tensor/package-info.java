/** Shapes and the memory of activations: NHWC, with a zero halo. No arithmetic. */
package io.convoy.tensor;
