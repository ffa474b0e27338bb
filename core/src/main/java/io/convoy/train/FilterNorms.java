package io.convoy.train;

import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import java.util.List;

/**
 * The limit to the norm of each filter, {@code regularization.maxNorm}. A filter is what one output
 * is made with: in a parameter's canonical order (OIHW, [out, in]) the weights of one index of its
 * first extent. That of a transposed convolution (IOHW) has the filters of the convolution that it
 * transposes. Where a filter crosses chunks, its norm is combined from their sums of squares:
 *
 * <pre>
 *   filters:  |     0     |     1     |     2     |     3     |
 *   chunks:   |        0        |           1           |  2  |
 *   pieces:   |   whole   |tail |head |   whole   |tail |head |
 * </pre>
 *
 * <p>A chunk that lies within one filter, and does not begin it, is all head.
 */
final class FilterNorms {
  /** The figures of a chunk: sums of squares of its head and of its tail. */
  private static final int TAIL = 1;

  private final float limit;
  private final List<Chunk> chunks;
  private final int[] filters;
  private final int[] heads;
  private final int[] tails;
  private final boolean[] headEnds;
  private final float[] headScales;
  private final float[] tailScales;

  /**
   * @param limit the largest norm of a filter, above 0
   */
  FilterNorms(StateLayout layout, float limit) {
    this.limit = limit;
    chunks = layout.chunks();
    filters = new int[chunks.size()];
    heads = new int[chunks.size()];
    tails = new int[chunks.size()];
    headEnds = new boolean[chunks.size()];
    headScales = new float[chunks.size()];
    tailScales = new float[chunks.size()];
    for (int c = 0; c < filters.length; c++) {
      Chunk chunk = chunks.get(c);
      if (chunk.decays()) {
        StateLayout.Entry entry = layout.entry(chunk);
        cut(c, entry.length() / entry.parameter().shape().extent(0), chunk.from() - entry.offset());
      }
    }
  }

  /**
   * Finds where filters begin and end in a chunk.
   *
   * @param filter floats of a filter
   * @param from the chunk's first float in its parameter
   */
  private void cut(int c, int filter, int from) {
    int length = chunks.get(c).length();
    int begun = from % filter;
    filters[c] = filter;
    heads[c] = begun == 0 ? 0 : Math.min(filter - begun, length);
    headEnds[c] = heads[c] > 0 && begun + heads[c] == filter;
    tails[c] = (length - heads[c]) % filter;
  }

  /**
   * Whether there are filters that cross chunks: {@link #combine} is needed before {@link #limit}.
   */
  boolean crossChunks() {
    for (int tail : tails) {
      if (tail > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes the figures of a chunk.
   *
   * @param weights new values of the chunk, from 0 on
   * @param at where its figures stand
   */
  void measure(int chunk, float[] weights, double[] figures, int at) {
    int length = chunks.get(chunk).length();
    figures[at] = SquareSums.of(weights, 0, heads[chunk]);
    figures[at + TAIL] = SquareSums.of(weights, length - tails[chunk], length);
  }

  /**
   * Takes the norms of filters that cross chunks from the figures of all chunks, which it adds in
   * their order.
   *
   * @param ofChunk figures of each chunk
   */
  void combine(double[] figures, int ofChunk) {
    int first = 0;
    double squares = 0;
    for (int c = 0; c < filters.length; c++) {
      squares += figures[c * ofChunk];
      if (headEnds[c]) {
        float scale = scale(squares);
        tailScales[first] = scale;
        for (int piece = first + 1; piece <= c; piece++) {
          headScales[piece] = scale;
        }
      }
      if (tails[c] > 0) {
        first = c;
        squares = figures[c * ofChunk + TAIL];
      }
    }
  }

  private float scale(double squares) {
    double norm = Math.sqrt(squares);
    return norm > limit ? (float) (limit / norm) : 1f;
  }

  /**
   * Scales the filters of a chunk that are longer than they may be.
   *
   * @param weights new values of the chunk, from 0 on
   */
  void limit(int chunk, float[] weights) {
    if (filters[chunk] == 0) {
      return;
    }
    int end = chunks.get(chunk).length() - tails[chunk];
    multiply(weights, 0, heads[chunk], headScales[chunk]);
    for (int from = heads[chunk]; from < end; from += filters[chunk]) {
      int to = from + filters[chunk];
      multiply(weights, from, to, scale(SquareSums.of(weights, from, to)));
    }
    multiply(weights, end, chunks.get(chunk).length(), tailScales[chunk]);
  }

  private static void multiply(float[] weights, int from, int to, float scale) {
    if (scale == 1) {
      return;
    }
    for (int i = from; i < to; i++) {
      weights[i] *= scale;
    }
  }
}
