package io.convoy.benchmarks.curves;

/** A training in the hands of a {@link TrainingPeer}. */
public interface PeerTraining extends AutoCloseable {
  /**
   * One step.
   *
   * @param images of the batch as the network gets them, NHWC
   * @param labels one an image
   * @param rate the learning rate
   * @return the mean loss, before the step
   */
  double step(float[] images, int[] labels, float rate);

  /** Weights and moving averages now, in the layout of {@link io.convoy.network.Network#layout}. */
  float[] state();

  @Override
  void close();
}
