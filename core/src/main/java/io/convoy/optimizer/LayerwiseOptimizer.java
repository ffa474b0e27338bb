package io.convoy.optimizer;

/**
 * An update rule that goes further in some parameters than in others: the length of a step is
 * measured by the norm of the parameter that it changes, a layer's weights as a whole. So an update
 * has two halves, and between them norms over all of the parameter:
 *
 * <pre>
 *   direct   the gradient becomes a direction, slice by slice
 *   trust    |weights| and |direction| of the whole parameter become the trust ratio
 *   move     the weights go along the direction, slice by slice
 * </pre>
 *
 * <p>Biases and normalisations have small norms of no such meaning: they are updated with a trust
 * ratio of 1, as {@link #update} does, unless the rule is told otherwise. With {@link Muon} the
 * directions of hidden layers become orthogonal between the halves, and their trust ratio is 1.
 */
public sealed interface LayerwiseOptimizer extends Optimizer permits Lars, Lamb, Muon {
  /** Whether biases and scale and shift of normalisations have a trust ratio of their own, too. */
  boolean adaptNormAndBias();

  /**
   * Turns the gradient of a slice into the direction whose norm counts, in place.
   *
   * @param step the number of this update, from 1
   * @param decay the weight decay of this slice
   * @param weights as they were before the update; not altered
   * @param slots one array for each of {@link #slots()}
   */
  void direct(
      long step, float decay, float[] weights, float[] gradient, float[][] slots, int length);

  /**
   * The trust ratio of a parameter, above 0; 1 where one of the norms is 0.
   *
   * @param weights Euclidean norm of the parameter before the update
   * @param direction that of what {@link #direct} made
   * @param decay the weight decay of the parameter
   */
  double trust(double weights, double direction, float decay);

  /**
   * Moves the weights of a slice along what {@link #direct} made, in place.
   *
   * @param rate the learning rate of this update
   * @param trust {@link #trust} of the parameter
   * @param direction may be overwritten
   */
  void move(
      float rate,
      float decay,
      float trust,
      float[] weights,
      float[] direction,
      float[][] slots,
      int length);

  /** The update of a slice whose parameter has no trust ratio. */
  @Override
  default void update(
      long step,
      float rate,
      float decay,
      float[] weights,
      float[] gradient,
      float[][] slots,
      int length) {
    direct(step, decay, weights, gradient, slots, length);
    move(rate, decay, 1f, weights, gradient, slots, length);
  }
}
