package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.health.StepHealth;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.train.CheckpointSteps;
import io.convoy.train.Numerics;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationResult;
import io.convoy.worker.RankPlaces;
import io.convoy.worker.SegmentProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the driver knows of a training under way. Steps come live, one by one, or at the end of
 * their segment; each is reported once, unless its segment was lost.
 */
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final RunSession session;
  private final BatchPlan plan;
  private final TrainingListener listener;
  private final TrainingWatch watch;
  private final long start = System.nanoTime();
  private long reported;
  private long healthReported;

  /** Those whose line was written last; null where it was taken back. */
  private RankPlaces places;

  private long images;
  private double stepSeconds;
  private double dataWaitSeconds;
  private double lossSum;
  private long lossSamples;
  private int lossEpoch = -1;
  private String kernels = KernelProvider.kernels().name();
  private int lanes = KernelProvider.kernels().lanes();
  private long trainingNanos;
  private long validationNanos;

  Progress(RunSession session, BatchPlan plan, TrainingListener listener) {
    this.session = session;
    this.plan = plan;
    this.listener = listener;
    this.reported = session.startStep();
    this.watch = new TrainingWatch(session, listener::onFault);
  }

  /** Steps, as soon as they are known; they may come again. */
  synchronized void live(SegmentProgress progress) {
    place(progress.places());
    for (StepReport report : progress.reports()) {
      if (report.step() > reported) {
        reported = report.step();
        session.folder().metrics().append(report);
        listener.onStep(report);
        watch.add(reported, report);
      }
    }
    for (StepHealth health : progress.health()) {
      if (health.step() > healthReported) {
        healthReported = health.step();
        HealthLine line = HealthLine.of(health);
        session.folder().metrics().append(line);
        listener.onHealth(health);
        watch.add(reported, line);
      }
    }
  }

  private void place(RankPlaces now) {
    if (now != null && (places == null || !now.executors().equals(places.executors()))) {
      places = now;
      session.folder().metrics().append(now);
      watch.add(reported, now);
    }
  }

  /** A segment that has come to its end: now its steps count. */
  synchronized void segment(Segments.Result result) {
    live(result.progress());
    for (StepReport report : result.progress().reports()) {
      images += report.samples();
      stepSeconds += report.seconds();
      dataWaitSeconds += report.dataWaitSeconds();
      if (report.epoch() != lossEpoch) {
        lossEpoch = report.epoch();
        lossSum = 0;
        lossSamples = 0;
      }
      lossSum += report.loss() * report.samples();
      lossSamples += report.samples();
    }
    session.tensorBoard().ifPresent(log -> log.steps(result.progress().reports()));
    kernels = result.kernels();
    lanes = result.lanes();
    trainingNanos = System.nanoTime() - start - validationNanos;
  }

  synchronized void restart(long step, String reason) {
    reported = step;
    healthReported = Math.min(healthReported, step);
    places = places != null && places.step() > step ? null : places;
    session.folder().metrics().takeBack(step);
    listener.onRestart(step, reason);
  }

  void checkpoint(long step) {
    listener.onCheckpoint(step);
  }

  /** A line of the metrics: the checkpoint of this step stays, as the so-many-th snapshot. */
  private record SnapshotLine(long step, int snapshot) {}

  /** A snapshot, before it is saved: its line goes with it. */
  synchronized void snapshot(long step, CheckpointSteps steps) {
    int number = steps.snapshotsUpTo(step).size();
    session.folder().metrics().append(new SnapshotLine(step, number));
    listener.onSnapshot(step, number, steps.snapshots().size());
  }

  /** Statistics are about to be measured anew. */
  void refresh(long step, long samples) {
    listener.onRefresh(step, samples);
  }

  /** That took so long, while no step was done. */
  synchronized void refreshed(long nanos) {
    validationNanos += nanos;
  }

  /** A line of the metrics. */
  private record ValidationLine(
      long step, long validationSamples, double validationLoss, double validationAccuracy) {}

  /**
   * A validation.
   *
   * @param nanos that it took, while no step was done
   */
  synchronized void validation(ValidationResult result, long nanos) {
    validationNanos += nanos;
    ValidationLine line =
        new ValidationLine(result.step(), result.samples(), result.loss(), result.accuracy());
    session.folder().metrics().append(line);
    session.tensorBoard().ifPresent(log -> log.validation(result));
    listener.onValidation(result);
    watch.add(result.step(), line);
  }

  /** A line of the metrics: in this step, or soon after it, the training diverged. */
  private record DivergedLine(long step, String diverged) {}

  /**
   * The training has diverged: the run says so, as far as its store takes it now.
   *
   * @return what to throw
   */
  synchronized ConvoyException diverged(ConvoyException error) {
    session.folder().metrics().append(new DivergedLine(reported + 1, error.getMessage()));
    try {
      session.folder().metrics().flush();
    } catch (ConvoyException e) {
      LOG.warn("the metrics do not say that the training diverged: {}", e.getMessage());
    }
    return session.diverged(error);
  }

  void earlyStop(long step, String reason) {
    listener.onEarlyStop(step, reason);
  }

  synchronized TrainingOutcome outcome(
      TrainingJob job, TrainingState end, Double accuracy, Double testLoss, Validations validated) {
    ValidationResult best = validated.best().orElse(null);
    TrainingOutcome outcome =
        new TrainingOutcome(
            end.step(),
            end.step() / plan.stepsPerEpoch(),
            lossSamples == 0 ? null : lossSum / lossSamples,
            accuracy,
            testLoss,
            end.weightsSha256(),
            trainingNanos == 0 ? 0 : images / (trainingNanos / 1e9),
            (System.nanoTime() - start) / 1e9,
            stepSeconds == 0 ? null : dataWaitSeconds / stepSeconds,
            job.executors(),
            job.threads(),
            job.recipe().shards(),
            kernels,
            lanes,
            Numerics.VERSION,
            best == null ? null : best.step(),
            best == null ? null : best.accuracy(),
            best == null ? null : best.loss(),
            job.recipe().earlyStopping() == null ? null : validated.stoppedEarly());
    watch.end(outcome);
    return outcome;
  }
}
