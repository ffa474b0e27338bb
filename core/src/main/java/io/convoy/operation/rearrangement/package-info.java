/**
 * Operations that move values, or mix few of them with fixed weights: enlarging, padding, choosing
 * channels. None has parameters, and each one's gradient is the same map the other way round.
 */
package io.convoy.operation.rearrangement;
