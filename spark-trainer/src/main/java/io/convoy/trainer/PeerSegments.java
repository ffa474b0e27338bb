package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import io.convoy.health.StepHealth;
import io.convoy.recipe.Recipe;
import io.convoy.rendezvous.Meeting;
import io.convoy.train.OwnedChunks;
import io.convoy.train.TrainingState;
import io.convoy.worker.Assignment;
import io.convoy.worker.JobDescription;
import io.convoy.worker.RankState;
import io.convoy.worker.RunKey;
import io.convoy.worker.SegmentOutcome;
import io.convoy.worker.SegmentProgress;
import io.convoy.worker.SegmentTask;
import io.convoy.worker.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkContext;

/** Segments as barrier stages whose tasks exchange gradients among themselves. */
final class PeerSegments implements Segments {
  private static final long END_SECONDS = 10;
  private static final long LOOK_MILLIS = 50;

  private final JavaSparkContext spark;
  private final Assignment assignment;
  private final Recipe recipe;
  private final long stepsPerEpoch;
  private final int ranks;
  private final SegmentListener live;
  private final RunKey key;
  private final ExecutorWatch executors;
  private final GatherLimit limit = new GatherLimit();
  private final ExecutorService submitter =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "convoy-segment");
            thread.setDaemon(true);
            return thread;
          });
  private int attempt;

  /**
   * @param firstAttempt number of the first submission, apart from those of earlier drivers
   * @param live told of steps as they are done, where the session has the plugin
   */
  PeerSegments(
      JavaSparkContext spark,
      Assignment assignment,
      Recipe recipe,
      long stepsPerEpoch,
      int ranks,
      int firstAttempt,
      SegmentListener live) {
    this.spark = spark;
    this.assignment = assignment;
    this.recipe = recipe;
    this.stepsPerEpoch = stepsPerEpoch;
    this.ranks = ranks;
    this.attempt = firstAttempt;
    this.live = live;
    this.executors = new ExecutorWatch(spark);
    this.key = RunKey.random(PeerRules.encrypted(spark.getConf()));
  }

  @Override
  public Result run(TrainingState from, long until, double validated) throws SegmentLostException {
    executors.await(ranks);
    try {
      Result result = attempt(from, until, validated);
      limit.whole();
      return result;
    } catch (SegmentLostException e) {
      limit.lost();
      throw e;
    }
  }

  private Result attempt(TrainingState from, long until, double validated)
      throws SegmentLostException {
    int number = attempt++;
    int stateBlocks = RankState.newBlocks();
    int resultBlocks = RankState.newBlocks();
    List<float[]> arrays = from.arrays();
    List<RankState> starts = shares(stateBlocks, arrays.size());
    List<RankState> results = shares(resultBlocks, arrays.size());
    SegmentTask task =
        new SegmentTask(
            assignment,
            number,
            stateBlocks,
            resultBlocks,
            ranks,
            from.step(),
            until,
            validated,
            key,
            limit.toMeet());
    HealthParts health = new HealthParts(ranks);
    Consumer<byte[]> told =
        bytes -> live.onProgress(health.whole(SegmentProgress.fromBytes(bytes)));
    try (Meeting meeting = Meeting.open(assignment.run(), number, ranks, told)) {
      starts.forEach(share -> share.leaveChunksOf(arrays));
      String steps =
          JobDescription.ofSteps(assignment.run(), from.step() + 1, until, stepsPerEpoch);
      List<SegmentOutcome> outcomes = submit(task, number, steps);
      throwFailure(outcomes);
      return result(
          until, arrays.stream().map(array -> new float[array.length]).toList(), results, outcomes);
    } finally {
      starts.forEach(RankState::forget);
      results.forEach(RankState::forget);
    }
  }

  private List<RankState> shares(int blocks, int arrays) {
    List<RankState> shares = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      OwnedChunks owned = OwnedChunks.of(recipe, rank, ranks);
      shares.add(new RankState(blocks, rank, owned, arrays));
    }
    return shares;
  }

  /** Runs the stage; ends it when not all of its tasks have come to run in time. */
  private List<SegmentOutcome> submit(SegmentTask task, int number, String steps)
      throws SegmentLostException {
    String group = "convoy-%s-%s".formatted(assignment.run(), number);
    Future<List<Object>> job =
        submitter.submit(
            () -> {
              spark.setJobGroup(group, steps, true);
              return Tasks.together(spark, ranks, task);
            });
    long start = System.nanoTime();
    boolean running = false;
    while (true) {
      try {
        return job.get(LOOK_MILLIS, TimeUnit.MILLISECONDS).stream()
            .map(bytes -> SegmentOutcome.fromBytes((byte[]) bytes))
            .toList();
      } catch (TimeoutException e) {
        running = running || activeTasks(group) >= ranks;
        if (!running && System.nanoTime() - start > limit.toLaunch().toNanos()) {
          end(group, job);
          throw new SegmentLostException(
              "not all %s tasks came to run within %s s"
                  .formatted(ranks, limit.toLaunch().toSeconds()),
              e);
        }
      } catch (ExecutionException e) {
        throw lost(e.getCause());
      } catch (InterruptedException e) {
        end(group, job);
        Thread.currentThread().interrupt();
        throw ConvoyException.resource("interrupted: the training ends here; --resume goes on");
      }
    }
  }

  private static SegmentLostException lost(Throwable failure) {
    if (failure instanceof ConvoyException ours) {
      if (ours.kind() == ConvoyException.Kind.RESOURCE) {
        return new SegmentLostException(ours.getMessage(), ours);
      }
      throw ours;
    }
    throw new ConvoyException(
        ConvoyException.Kind.INTERNAL, "a segment failed: " + failure, failure);
  }

  private void end(String group, Future<List<Object>> job) {
    spark.cancelJobGroup(group);
    try {
      job.get(END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // it was to end
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int activeTasks(String group) {
    int active = 0;
    for (int job : spark.statusTracker().getJobIdsForGroup(group)) {
      SparkJobInfo info = spark.statusTracker().getJobInfo(job);
      for (int stage : info == null ? new int[0] : info.stageIds()) {
        SparkStageInfo stageInfo = spark.statusTracker().getStageInfo(stage);
        active +=
            stageInfo == null ? 0 : stageInfo.numActiveTasks() + stageInfo.numCompletedTasks();
      }
    }
    return active;
  }

  /** What a lost peer is to one rank has its cause at another: that one is told. */
  private static void throwFailure(List<SegmentOutcome> outcomes) throws SegmentLostException {
    SegmentOutcome lost = null;
    for (SegmentOutcome outcome : outcomes) {
      if (outcome.kind() == ConvoyException.Kind.RESOURCE) {
        lost = lost == null || lost.origin() == SegmentOutcome.Origin.PEER ? outcome : lost;
      } else if (outcome.kind() != null) {
        throw outcome.failure();
      }
    }
    if (lost != null) {
      throw new SegmentLostException(lost.message(), lost.failure());
    }
  }

  private Result result(
      long until, List<float[]> arrays, List<RankState> shares, List<SegmentOutcome> outcomes)
      throws SegmentLostException {
    try {
      shares.forEach(share -> share.fetchInto(arrays));
    } catch (ConvoyException e) {
      throw new SegmentLostException(e.getMessage(), e);
    }
    double seconds = outcomes.stream().mapToDouble(SegmentOutcome::seconds).max().orElse(0);
    SegmentOutcome any = outcomes.get(0);
    return new Result(
        TrainingState.of(recipe, until, arrays),
        progress(outcomes),
        seconds,
        any.kernels(),
        any.lanes());
  }

  /** What rank 0 has told, and what all have seen together. */
  private SegmentProgress progress(List<SegmentOutcome> outcomes) {
    HealthParts parts = new HealthParts(ranks);
    List<StepHealth> health = new ArrayList<>();
    SegmentProgress first = null;
    for (SegmentOutcome outcome : outcomes) {
      health.addAll(parts.whole(outcome.progress()).health());
      first = outcome.rank() == 0 ? outcome.progress() : first;
    }
    return new SegmentProgress(first.places(), first.reports(), health);
  }

  @Override
  public void close() {
    submitter.shutdownNow();
  }
}
