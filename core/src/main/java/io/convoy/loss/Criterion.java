package io.convoy.loss;

import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;

/**
 * A {@link Loss} at work on one output of a network; for one thread at a time. It sees all samples
 * of a shard at once, since a loss may compare them with each other.
 */
public interface Criterion {
  /**
   * Computes the loss of samples {@code from} to {@code until}, those of one shard.
   *
   * @param output what the network gives
   * @param targets of the samples, from sample 0 on
   * @param gradient where the gradient of the summed loss goes; null for evaluation
   * @throws io.convoy.error.ConvoyException of kind DATA where a target is of no kind that the loss
   *     takes
   */
  void compute(Tensor output, int from, int until, Target[] targets, Tensor gradient);

  /** The loss of the last call, summed over its samples. */
  double loss();

  /**
   * The summed weight of the samples of the last call, by which their losses and gradients are
   * divided in the end: how many they are, unless their classes have weights.
   */
  double weight();

  /** A figure of the last call, by its place in {@link Loss#figures}. */
  double figure(int index);
}
