package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.network.StateLayout;
import io.convoy.shard.ShardTree;
import io.convoy.train.BatchPlan;
import io.convoy.train.ChunkUpdate;
import io.convoy.train.OwnedChunks;
import io.convoy.train.Recipe;
import io.convoy.train.ShardResult;
import io.convoy.train.StepListener;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.worker.Assignment;
import io.convoy.worker.RankState;
import io.convoy.worker.ShardTask;
import io.convoy.worker.Tasks;
import java.util.ArrayList;
import java.util.List;
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
  private final StepListener live;

  /** The driver sums and updates alone; threads of its own would only add to a busy machine's. */
  private final WorkPool pool = new WorkPool(1);

  DriverSegments(
      JavaSparkContext spark,
      Assignment assignment,
      Recipe recipe,
      BatchPlan plan,
      int tasks,
      StepListener live) {
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
    float[] weights = arrays.get(0);
    OwnedChunks all = new OwnedChunks(recipe.network().layout(), 0, 1);
    ChunkUpdate update = new ChunkUpdate(recipe, plan, all, arrays.subList(1, arrays.size()));
    Subnormals.require(new ScalarKernels(), pool);
    List<StepReport> reports = new ArrayList<>();
    ShardTask.Header header = null;
    for (long step = from.step(); step < until; step++) {
      Sums sums = job(step, weights);
      header = sums.headers().get(0);
      update.begin(step, validated);
      StepReport report =
          StepReport.of(step, plan, update.rate(), figures(step, sums.headers()), recipe.network());
      finish(sums, update, weights);
      report = report.withGradientNorm(update.gradientNorm());
      reports.add(report);
      live.onStep(report);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Result(
        TrainingState.of(recipe, until, arrays),
        reports,
        seconds,
        header == null ? "" : header.kernels(),
        header == null ? 0 : header.lanes());
  }

  /** What the tasks of a step came to: their sub-trees in the order of shards. */
  private record Sums(
      List<ShardTask.Header> headers, List<ShardTree.Node> nodes, List<float[]> vectors) {}

  private Sums job(long step, float[] weights) throws SegmentLostException {
    StateLayout layout = recipe.network().layout();
    int used = plan.usedShards(step);
    int blocks = RankState.newBlocks();
    List<ShardTree.Node> nodes = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      int[] range = ShardTask.range(task, used, tasks);
      nodes.addAll(ShardTree.cover(used, range[0], range[1]));
    }
    List<RankState> left = nodes.stream().map(node -> ShardTask.sum(blocks, node, layout)).toList();
    try (BroadcastArray slices = new BroadcastArray(spark, weights)) {
      ShardTask task = new ShardTask(assignment, step, tasks, blocks, slices.slices());
      List<ShardTask.Header> headers =
          Tasks.apart(spark, tasks, task).stream()
              .map(bytes -> ShardTask.readHeader((byte[]) bytes))
              .toList();
      return new Sums(headers, nodes, left.stream().map(sum -> sum.fetch().get(0)).toList());
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
  private double[] figures(long step, List<ShardTask.Header> headers) {
    int used = plan.usedShards(step);
    double[] figures = new double[used * ShardResult.FIGURES];
    for (ShardTask.Header header : headers) {
      int[] range = ShardTask.range(header.partition(), used, tasks);
      int first = range[0] * ShardResult.FIGURES;
      int count = range[1] * ShardResult.FIGURES - first;
      System.arraycopy(header.figures(), first, figures, first, count);
    }
    return figures;
  }

  private void finish(Sums sums, ChunkUpdate update, float[] weights) {
    update.finishAll(
        sums.nodes().toArray(ShardTree.Node[]::new),
        sums.vectors().toArray(float[][]::new),
        weights,
        pool);
  }

  @Override
  public void close() {}
}
