package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.health.StepHealth;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.network.StateLayout;
import io.convoy.recipe.Recipe;
import io.convoy.shard.ShardTree;
import io.convoy.shard.Share;
import io.convoy.train.ChunkUpdate;
import io.convoy.train.OwnedChunks;
import io.convoy.train.ShardFigures;
import io.convoy.train.ShardSums;
import io.convoy.train.StepListener;
import io.convoy.train.StepReport;
import io.convoy.train.StepWork;
import io.convoy.train.TrainingLoop;
import io.convoy.train.TrainingState;
import io.convoy.worker.Assignment;
import io.convoy.worker.JobDescription;
import io.convoy.worker.RankPlaces;
import io.convoy.worker.RankState;
import io.convoy.worker.SegmentProgress;
import io.convoy.worker.ShardTask;
import io.convoy.worker.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * {@code sync: driver}: one Spark job a step. Tasks return the sums of their sub-trees, the driver
 * finishes the tree in the order of shards and alone applies the optimizer. For small networks on
 * clusters that allow no peers; the bits are those of {@link PeerSegments}.
 */
final class DriverSegments implements Segments {
  private final JavaSparkContext spark;
  private final Assignment assignment;
  private final Recipe recipe;
  private final BatchPlan plan;
  private final int tasks;
  private final SegmentListener live;

  /** The driver sums and updates alone; threads of its own would only add to a busy machine's. */
  private final WorkPool pool = new WorkPool(1);

  DriverSegments(
      JavaSparkContext spark,
      Assignment assignment,
      Recipe recipe,
      BatchPlan plan,
      int tasks,
      SegmentListener live) {
    this.spark = spark;
    this.assignment = assignment;
    this.recipe = recipe;
    this.plan = plan;
    this.tasks = tasks;
    this.live = live;
  }

  @Override
  public Result run(TrainingState from, long until, double validated) throws SegmentLostException {
    long start = System.nanoTime();
    List<float[]> arrays = from.copy().arrays();
    OwnedChunks all = OwnedChunks.all(recipe.network().layout());
    List<float[]> kept = arrays.subList(1, arrays.size());
    TrainingLoop loop =
        new TrainingLoop(
            recipe, plan, all, from.step(), arrays.get(0), kept, KernelProvider.kernels());
    Jobs jobs = new Jobs();
    Reports reports = new Reports(jobs);
    Subnormals.require(new ScalarKernels(), pool);
    loop.train(until, validated, jobs, reports);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(
        TrainingState.of(recipe, until, arrays),
        new SegmentProgress(null, reports.all, reports.health),
        seconds,
        jobs.kernels,
        jobs.lanes);
  }

  /** Hands on each step as it is done, and all of them at the end. */
  private final class Reports implements StepListener {
    private final Jobs jobs;
    private final List<StepReport> all = new ArrayList<>();
    private final List<StepHealth> health = new ArrayList<>();

    Reports(Jobs jobs) {
      this.jobs = jobs;
    }

    @Override
    public void onStep(StepReport report) {
      all.add(report);
      RankPlaces places = jobs.places(report.step());
      live.onProgress(new SegmentProgress(places, List.of(report), List.of()));
    }

    @Override
    public void onHealth(StepHealth step) {
      health.add(step);
      live.onProgress(new SegmentProgress(null, List.of(), List.of(step)));
    }
  }

  /** Shards are computed by the tasks of a job, chunks are updated here. */
  private final class Jobs implements StepWork<SegmentLostException> {
    private final RankPlaces.Executor[] places = new RankPlaces.Executor[tasks];
    private Map<String, Double> deadShares = Map.of();
    private String kernels = "";
    private int lanes;

    @Override
    public int ranks() {
      return tasks;
    }

    @Override
    public ShardSums gradients(long step, float[] weights) throws SegmentLostException {
      StateLayout layout = recipe.network().layout();
      int used = plan.usedShards(step);
      int blocks = RankState.newBlocks();
      List<ShardTree.Node> nodes = new ArrayList<>();
      for (int task = 0; task < tasks; task++) {
        nodes.addAll(Share.of(task, used, tasks).nodes(used));
      }
      List<RankState> left =
          nodes.stream().map(node -> ShardTask.sum(blocks, node, layout)).toList();
      try (BroadcastArray slices = new BroadcastArray(spark, weights)) {
        ShardTask task = new ShardTask(assignment, step, tasks, blocks, slices.slices());
        String description =
            JobDescription.ofSteps(assignment.run(), step + 1, step + 1, plan.stepsPerEpoch());
        double[] figures =
            figures(
                used,
                JobDescription.during(spark, description, () -> Tasks.apart(spark, tasks, task)));
        return new ShardSums(
            nodes.toArray(ShardTree.Node[]::new),
            left.stream().map(sum -> sum.fetch().get(0)).toArray(float[][]::new),
            figures,
            deadShares);
      } catch (ConvoyException e) {
        if (e.kind() == ConvoyException.Kind.RESOURCE) {
          throw new SegmentLostException(e.getMessage(), e);
        }
        throw e;
      } finally {
        left.forEach(RankState::forget);
      }
    }

    /** The figures of all shards, each out of the task that computed it. */
    private double[] figures(int used, List<Object> results) {
      ShardFigures layout = ShardFigures.of(recipe);
      double[] figures = layout.room(used);
      for (Object bytes : results) {
        ShardTask.Header header = ShardTask.readHeader((byte[]) bytes);
        Share share = Share.of(header.partition(), used, tasks);
        layout.merge(share, header.figures(), figures);
        places[header.partition()] = header.place();
        deadShares = header.partition() == 0 ? header.deadShares() : deadShares;
        kernels = header.kernels();
        lanes = header.lanes();
      }
      return figures;
    }

    /** Where the tasks of a step, from 1, have run. */
    RankPlaces places(long step) {
      return new RankPlaces(step, List.of(places));
    }

    @Override
    public void update(long step, ShardSums sums, ChunkUpdate update, float[] weights) {
      update.finishAll(sums, weights, pool);
    }
  }

  @Override
  public void close() {}
}
