package io.convoy.trainer;

import io.convoy.train.TrainingState;
import io.convoy.worker.SegmentProgress;

/** A way to take a training some steps further on the executors. */
interface Segments extends AutoCloseable {
  /**
   * What a segment came to.
   *
   * @param state new arrays
   * @param progress all there is to tell of its steps
   * @param stepSeconds spent in steps; the rest of the segment's time went to its ends
   */
  record Result(
      TrainingState state,
      SegmentProgress progress,
      double stepSeconds,
      String kernels,
      int lanes) {}

  /**
   * Trains from a state, which is left as it is, until so many steps are done.
   *
   * @param validated what validation has left of the learning rate, for all of these steps
   * @throws SegmentLostException when an executor was lost, or what else may go better next time
   * @throws io.convoy.error.ConvoyException when another try would end the same way
   */
  Result run(TrainingState from, long until, double validated) throws SegmentLostException;

  @Override
  void close();
}
