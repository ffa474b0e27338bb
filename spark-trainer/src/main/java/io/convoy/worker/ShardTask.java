package io.convoy.worker;

import io.convoy.data.SampleSource;
import io.convoy.feed.BatchPlan;
import io.convoy.json.Json;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.StateLayout;
import io.convoy.recipe.Recipe;
import io.convoy.shard.ShardTree;
import io.convoy.shard.Share;
import io.convoy.train.OwnedChunks;
import io.convoy.train.ShardFigures;
import io.convoy.train.ShardStep;
import io.convoy.train.ShardWorker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockManagerId;

/**
 * One step's shards for one task, for {@code sync: driver}: returns a {@link Header} and leaves the
 * summed gradients of each of its sub-trees for the driver to fetch. It keeps no state but buffers,
 * so Spark may retry it anywhere.
 */
public final class ShardTask implements Tasks.Body {
  private static final long serialVersionUID = 1L;
  private static final Map<String, Deque<Buffers>> IDLE = new ConcurrentHashMap<>();

  private final Assignment assignment;
  private final long step;
  private final int tasks;
  private final int blocks;
  private final ArrayList<Broadcast<float[]>> weights;

  /**
   * What a task returns.
   *
   * @param partition of the task
   * @param figures {@link ShardFigures} of the step; only those of own shards count
   * @param deadShares of rectifiers, where they were looked at
   * @param place where it has run; its rank is the partition
   */
  public record Header(
      int partition,
      double[] figures,
      Map<String, Double> deadShares,
      RankPlaces.Executor place,
      String kernels,
      int lanes) {}

  /** What a task computes in, for one step after the other. */
  private record Buffers(StateLayout layout, BatchPlan plan, ShardWorker worker) {}

  /** Gives up the buffers of a run in this JVM. */
  static void drop(String run) {
    Deque<Buffers> idle = IDLE.remove(run);
    if (idle != null) {
      synchronized (idle) {
        idle.forEach(buffers -> buffers.worker.close());
        idle.clear();
      }
    }
  }

  /**
   * @param tasks of the step
   * @param blocks names what the tasks leave
   * @param weights slices of the state vector
   */
  public ShardTask(
      Assignment assignment, long step, int tasks, int blocks, List<Broadcast<float[]>> weights) {
    this.assignment = assignment;
    this.step = step;
    this.tasks = tasks;
    this.blocks = blocks;
    this.weights = new ArrayList<>(weights);
  }

  /** Where the sum of a sub-tree is left. */
  public static RankState sum(int blocks, ShardTree.Node node, StateLayout layout) {
    return new RankState(blocks, node.from(), OwnedChunks.all(layout), 1);
  }

  @Override
  public Iterator<Object> run(int partition) {
    Deque<Buffers> idle = IDLE.computeIfAbsent(assignment.run(), run -> new ArrayDeque<>());
    Buffers buffers;
    synchronized (idle) {
      buffers = idle.poll();
    }
    if (buffers == null) {
      buffers = newBuffers();
    }
    double[] figures;
    Map<String, Double> deadShares;
    try {
      figures = leaveSums(buffers, partition);
      deadShares = buffers.worker.shards().deadShares();
    } catch (Throwable failure) {
      buffers.worker.close();
      throw failure;
    }
    synchronized (idle) {
      idle.push(buffers);
    }
    return Collections.<Object>singletonList(header(partition, figures, deadShares)).iterator();
  }

  /** Computes the task's shards and leaves their sums; the figures that go with them. */
  private double[] leaveSums(Buffers buffers, int partition) {
    float[] state = StateSlices.join(weights.stream().map(Broadcast::value).toList());
    int used = buffers.plan.usedShards(step);
    ShardStep shards = buffers.worker.shards();
    double[] figures = shards.figures().room(used);
    shards.prepare(step, partition, state);
    shards.begin(step, partition, state);
    Share own = Share.of(partition, used, tasks);
    for (ShardTree.Node node : own.nodes(used)) {
      float[] sum = shards.sum(node, figures);
      sum(blocks, node, buffers.layout()).leave(List.of(sum));
      shards.release(sum);
    }
    shards.putTimes(own, figures);
    return figures;
  }

  private Buffers newBuffers() {
    Recipe recipe = assignment.completeRecipe();
    SampleSource source = assignment.split(recipe).training();
    BatchPlan plan = BatchPlan.of(recipe, source.rowGroups());
    Kernels kernels = KernelProvider.kernels();
    return new Buffers(
        recipe.network().layout(),
        plan,
        // nobody knows which part of the next step comes here: none is read ahead
        new ShardWorker(recipe, plan, source, kernels, assignment.threads(), tasks, 0));
  }

  private static byte[] header(int partition, double[] figures, Map<String, Double> deadShares) {
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    return Json.bytes(
        new Header(
            partition,
            figures,
            deadShares,
            new RankPlaces.Executor(partition, here.executorId(), here.host()),
            KernelProvider.kernels().name(),
            KernelProvider.kernels().lanes()));
  }

  /** Reads what {@link #run} wrote first. */
  public static Header readHeader(byte[] bytes) {
    return Json.read(bytes, Header.class, "a task's header");
  }
}
