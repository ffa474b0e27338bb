/**
 * What all ways to compute a convolution share: its geometry, the correlations that its passes are,
 * the pixels and windows that they read, and packed weights.
 */
package io.convoy.operation.correlation;
