package io.convoy.trainer;

import io.convoy.checkpoint.AsyncCheckpointer;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.run.MetricsFlusher;
import io.convoy.train.CheckpointSteps;
import io.convoy.train.TrainingState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The algorithm of a training: segment after segment, a checkpoint wherever one is due, and a
 * segment that was lost once more.
 *
 * @param steps when it is saved
 * @param averages what gives averaged weights their running statistics
 */
record SegmentChain(
    JavaSparkContext spark,
    RunSession session,
    BatchPlan plan,
    CheckpointSteps steps,
    Progress progress,
    Validations validations,
    AverageStatistics averages) {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentChain.class);

  /**
   * Trains from the session's start to the last step, or to where validation ends it.
   *
   * @return the state at the end
   * @throws ConvoyException when it cannot go on; what was saved stays
   */
  TrainingState run(Segments segments) {
    TrainingState state = session.takeStart();
    SegmentLength length = new SegmentLength();
    Patience patience = new Patience(System::nanoTime);
    try (MetricsFlusher flusher = session.metricsFlusher();
        AsyncCheckpointer checkpointer = session.checkpointer()) {
      while (state.step() < steps.total() && !validations.ends()) {
        long due = steps.next(state.step());
        long until = Math.min(due, state.step() + length.steps());
        try {
          long start = System.nanoTime();
          Segments.Result result = segments.run(state, until, validations.rateFactor());
          length.succeeded(
              until - state.step(), result.stepSeconds(), (System.nanoTime() - start) / 1e9);
          progress.segment(result);
          state = result.state();
          patience.restore();
        } catch (SegmentLostException e) {
          requireSession(e);
          length.failed();
          LOG.warn("the segment from step {} was lost: {}", state.step(), e.getMessage());
          Duration pause = patience.lose(state.step(), e);
          progress.restart(state.step(), e.getMessage());
          pause(pause);
        }
        if (state.step() == due && patience.isWhole()) {
          state = averages.beforeValidation(state, state.step() == steps.total());
          validations.validate(state);
          if (steps.isSnapshot(state.step())) {
            progress.snapshot(state.step(), steps);
          }
          checkpointer.save(session.checkpoint(state, plan, validations.history()));
          progress.checkpoint(state.step());
        }
      }
      if (state.step() == 0 || session.startStep() == state.step()) {
        state = averages.beforeValidation(state, true); // a run may end at any checkpoint of before
        checkpointer.save(session.checkpoint(state, plan, validations.history()));
      }
    }
    if (state.step() < steps.total()) {
      progress.earlyStop(state.step(), validations.reason());
    }
    return state;
  }

  private static void pause(Duration pause) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted: the training ends here; --resume goes on");
    }
  }

  private void requireSession(SegmentLostException lost) {
    if (spark.sc().isStopped()) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "the Spark session has ended; what was saved stays: go on with --resume",
          lost);
    }
  }
}
