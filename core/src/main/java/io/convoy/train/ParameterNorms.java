package io.convoy.train;

import io.convoy.error.ConvoyException;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.network.StateLayout.Kind;
import io.convoy.optimizer.LayerwiseOptimizer;
import java.util.Arrays;
import java.util.List;

/** The norms of each parameter and of its direction, and the trust ratios that follow from them. */
final class ParameterNorms {
  private final StateLayout layout;
  private final LayerwiseOptimizer optimizer;
  private final boolean[] isMatrix;
  private final double[] directions;
  private final float[] trusts;

  /**
   * @param matrices whose directions become orthogonal
   */
  ParameterNorms(StateLayout layout, LayerwiseOptimizer optimizer, List<WeightMatrix> matrices) {
    this.layout = layout;
    this.optimizer = optimizer;
    int chunks = layout.chunks().size();
    trusts = new float[chunks];
    directions = new double[chunks];
    isMatrix = new boolean[chunks];
    matrices.forEach(m -> Arrays.fill(isMatrix, m.firstChunk(), m.endChunk(), true));
  }

  /**
   * Takes the trust ratios from the sums of squares of all chunks, which it adds parameter by
   * parameter, in the order of chunks.
   *
   * @param figures of all chunks: of each that of its weights, then that of its direction
   * @param ofChunk figures of each chunk
   * @param step from 1
   * @throws ConvoyException of kind DIVERGED when a norm is no finite number
   */
  void combine(double[] figures, int ofChunk, long step) {
    List<Chunk> chunks = layout.chunks();
    for (int first = 0; first < chunks.size(); ) {
      StateLayout.Entry entry = layout.entry(chunks.get(first));
      int end = entry.offset() + entry.length();
      double weights = 0;
      double direction = 0;
      int next = first;
      for (; next < chunks.size() && chunks.get(next).from() < end; next++) {
        weights += figures[next * ofChunk];
        direction += figures[next * ofChunk + 1];
      }
      double norm = Math.sqrt(direction);
      float trust = trust(entry, first, Math.sqrt(weights), norm, step);
      for (; first < next; first++) {
        trusts[first] = trust;
        directions[first] = norm;
      }
    }
  }

  private float trust(
      StateLayout.Entry entry, int index, double weights, double direction, long step) {
    if (!Double.isFinite(weights) || !Double.isFinite(direction)) {
      throw new ConvoyException(
          ConvoyException.Kind.DIVERGED,
          ("step %s: the norm of '%s' is %s, that of its gradient %s: start a new run with a lower"
                  + " learning rate or more warm-up")
              .formatted(step, entry.name(), weights, direction));
    }
    Chunk chunk = layout.chunks().get(index);
    boolean adapts = chunk.decays() || optimizer.adaptNormAndBias();
    return chunk.kind() == Kind.GRADIENT && adapts && !isMatrix[index]
        ? (float) optimizer.trust(weights, direction, ChunkArithmetic.decay(optimizer, chunk))
        : 1f;
  }

  /** The norm of the direction of the parameter that a chunk is a piece of. */
  double direction(int chunk) {
    return directions[chunk];
  }

  /** The trust ratio of the parameter that a chunk is a piece of. */
  float trust(int chunk) {
    return trusts[chunk];
  }
}
