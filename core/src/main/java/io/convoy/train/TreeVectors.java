package io.convoy.train;

import io.convoy.kernel.WorkPool;
import io.convoy.network.StateLayout;
import io.convoy.shard.Moments;
import io.convoy.shard.ShardTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Vectors in a state's layout that are summed along {@link ShardTree}, and those that wait to be
 * used again. One thread at a time; it works on the pool's threads.
 */
final class TreeVectors {
  private final StateLayout layout;
  private final WorkPool pool;
  private final Deque<float[]> spare = new ArrayDeque<>();

  TreeVectors(StateLayout layout, WorkPool pool) {
    this.layout = layout;
    this.pool = pool;
  }

  /**
   * The most vectors that a sum over a node holds at a time.
   *
   * @param ofPass shards that are computed in one pass
   */
  static int live(ShardTree.Node node, int ofPass) {
    if (node.shards() <= ofPass) {
      return 1;
    }
    return Math.max(live(node.left(), ofPass), 1 + live(node.right(), ofPass));
  }

  /** One with whatever it holds, until it is released. */
  float[] take() {
    return spare.isEmpty() ? new float[layout.length()] : spare.pop();
  }

  void release(float[] vector) {
    spare.push(vector);
  }

  /**
   * Adds what stands under the right half of a node to what stands under the left one: gradients,
   * and the moments that batch norms have measured.
   *
   * @param start the first sample of each shard
   */
  void merge(ShardTree.Node node, IntUnaryOperator start, float[] left, float[] right) {
    long from = start.applyAsInt(node.from());
    long middle = start.applyAsInt(node.middle());
    long end = start.applyAsInt(node.to());
    List<StateLayout.Chunk> chunks = layout.chunks();
    pool.run(
        chunks.size(),
        (index, thread) -> {
          StateLayout.Chunk chunk = chunks.get(index);
          switch (chunk.kind()) {
            case GRADIENT -> {
              for (int i = chunk.from(); i < chunk.to(); i++) {
                left[i] += right[i];
              }
            }
            case MOMENTS ->
                Moments.merge(
                    left,
                    chunk.from(),
                    (middle - from) * chunk.positions(),
                    right,
                    chunk.from(),
                    (end - middle) * chunk.positions(),
                    chunk.length() / 2);
          }
        });
  }
}
