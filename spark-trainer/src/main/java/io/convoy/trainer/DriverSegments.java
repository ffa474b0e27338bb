package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import io.convoy.train.BatchPlan;
import io.convoy.train.ChunkUpdate;
import io.convoy.train.OwnedChunks;
import io.convoy.train.Recipe;
import io.convoy.train.ShardResult;
import io.convoy.train.ShardTree;
import io.convoy.train.StepListener;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.worker.Assignment;
import io.convoy.worker.ShardTask;
import io.convoy.worker.StateSlices;
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
  public Result run(TrainingState from, long until) throws SegmentLostException {
    long start = System.nanoTime();
    List<float[]> arrays = from.copy().arrays();
    float[] weights = arrays.get(0);
    OwnedChunks all = new OwnedChunks(recipe.network().layout(), 0, 1);
    ChunkUpdate update = new ChunkUpdate(recipe, plan, all, arrays.subList(1, arrays.size()));
    List<StepReport> reports = new ArrayList<>();
    ShardTask.Header header = null;
    for (long step = from.step(); step < until; step++) {
      List<Object> results = job(step, weights);
      header = ShardTask.readHeader((byte[]) results.get(0));
      update.begin(step);
      StepReport report = apply(step, results, update, weights);
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

  private List<Object> job(long step, float[] weights) throws SegmentLostException {
    try (BroadcastArray slices = new BroadcastArray(spark, weights)) {
      return Tasks.apart(spark, tasks, new ShardTask(assignment, step, tasks, slices.slices()));
    } catch (ConvoyException e) {
      if (e.kind() == ConvoyException.Kind.RESOURCE) {
        throw new SegmentLostException(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Puts the tasks' vectors in the order of shards, finishes every chunk. */
  private StepReport apply(long step, List<Object> results, ChunkUpdate update, float[] weights) {
    int used = plan.usedShards(step);
    double[] figures = new double[used * ShardResult.FIGURES];
    List<ShardTree.Node> nodes = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    int slices = StateSlices.cut(weights).size();
    int next = 0;
    for (int task = 0; task < tasks; task++) {
      ShardTask.Header header = ShardTask.readHeader((byte[]) results.get(next++));
      int[] range = ShardTask.range(header.partition(), used, tasks);
      int first = range[0] * ShardResult.FIGURES;
      int count = range[1] * ShardResult.FIGURES - first;
      System.arraycopy(header.figures(), first, figures, first, count);
      for (ShardTree.Node node : ShardTree.cover(used, range[0], range[1])) {
        List<float[]> parts = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
          parts.add((float[]) results.get(next++));
        }
        nodes.add(node);
        vectors.add(StateSlices.join(parts));
      }
    }
    StepReport report = StepReport.of(step, plan, update.rate(), figures, recipe.network());
    update.finishAll(
        nodes.toArray(ShardTree.Node[]::new), vectors.toArray(float[][]::new), weights);
    return report.withGradientNorm(update.gradientNorm());
  }

  @Override
  public void close() {}
}
