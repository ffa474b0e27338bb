/**
 * Losses: records of options ({@link io.convoy.loss.Loss}) and what computes them ({@link
 * io.convoy.loss.Criterion}), as sums over samples that are divided last.
 */
package io.convoy.loss;
