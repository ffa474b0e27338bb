/**
 * Losses: records of options ({@link io.convoy.loss.Loss}) and what computes them ({@link
 * io.convoy.loss.Criterion}), as sums over samples that are divided last; an {@link
 * io.convoy.loss.Objective} joins those of several outputs.
 */
package io.convoy.loss;
