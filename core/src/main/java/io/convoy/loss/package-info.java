/** Losses: sums over samples, divided last. */
package io.convoy.loss;
