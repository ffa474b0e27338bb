package io.convoy.worker;

import io.convoy.data.SampleSource;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.train.StatisticsRefresh;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * A share of the blocks of a {@link StatisticsRefresh}, measured by one task. Like an evaluation it
 * takes memory of its own.
 */
public final class RefreshTask implements Tasks.Body {
  private static final long serialVersionUID = 1L;

  private final Assignment assignment;
  private final int tasks;
  private final ArrayList<Broadcast<float[]>> weights;

  /**
   * @param tasks among which the blocks are shared out
   * @param weights slices of the state vector
   */
  public RefreshTask(Assignment assignment, int tasks, List<Broadcast<float[]>> weights) {
    this.assignment = assignment;
    this.tasks = tasks;
    this.weights = new ArrayList<>(weights);
  }

  @Override
  public Iterator<Object> run(int partition) {
    Recipe recipe = assignment.completeRecipe();
    SampleSource training = assignment.split(recipe).training();
    float[] state = StateSlices.join(weights.stream().map(Broadcast::value).toList());
    List<Object> results = new ArrayList<>();
    new StatisticsRefresh(recipe, training)
        .sums(state, KernelProvider.kernels(), assignment.threads(), partition, tasks)
        .forEach(block -> results.add(bytes(block)));
    return results.iterator();
  }

  private static byte[] bytes(double[] sums) {
    ByteBuffer buffer = ByteBuffer.allocate(sums.length * Double.BYTES);
    buffer.asDoubleBuffer().put(sums);
    return buffer.array();
  }

  /** The blocks' sums out of what all tasks have returned, in the order of tasks. */
  public static List<double[]> sums(List<Object> taskResults) {
    return taskResults.stream().map(bytes -> doubles((byte[]) bytes)).toList();
  }

  private static double[] doubles(byte[] bytes) {
    double[] sums = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(sums);
    return sums;
  }
}
