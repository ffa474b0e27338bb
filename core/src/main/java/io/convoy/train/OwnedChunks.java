package io.convoy.train;

import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.shard.Stripe;
import java.util.List;

/**
 * The chunks of one owner, a {@link Stripe} of all, and how arrays that hold these alone are laid
 * out: one chunk behind the other, in ascending order. An optimizer's state is kept so, once in the
 * whole cluster.
 *
 * <pre>
 *   rank 1 of 3:  | chunk 1 | chunk 4 | chunk 7 |
 *   state:   | 0 | chunk 1 | 2 | 3 | chunk 4 | 5 | 6 | chunk 7 | ...
 * </pre>
 *
 * <p>The only rank of one owns all, laid out like the state itself.
 */
public final class OwnedChunks {
  private final List<Chunk> chunks;
  private final Stripe own;
  private final int[] starts;
  private final int length;

  /**
   * @param rank of the owner, from 0
   * @param ranks N, at least 1
   */
  public OwnedChunks(StateLayout layout, int rank, int ranks) {
    this.chunks = layout.chunks();
    this.own = new Stripe(rank, ranks, chunks.size());
    this.starts = new int[chunks.size()];
    int start = 0;
    for (int i = 0; i < own.count(); i++) {
      int c = own.unit(i);
      starts[c] = start;
      start += chunks.get(c).length();
    }
    this.length = start;
  }

  /** Floats of an array of own chunks. */
  public int length() {
    return length;
  }

  /** The first float of an own chunk in an array of own chunks. */
  int start(int chunk) {
    return starts[chunk];
  }

  /** Own chunks out of an array that is laid out like the state. */
  public float[] gather(float[] state) {
    float[] gathered = new float[length];
    for (int i = 0; i < own.count(); i++) {
      int c = own.unit(i);
      System.arraycopy(state, chunks.get(c).from(), gathered, starts[c], chunks.get(c).length());
    }
    return gathered;
  }

  /**
   * Puts a piece of an array of own chunks where it belongs in the state.
   *
   * @param piece holds the floats [start, start + count) of an array of own chunks
   * @param offset where they begin in {@code piece}
   * @param state laid out like the state
   */
  public void scatter(float[] piece, int offset, int start, int count, float[] state) {
    for (int i = 0; i < own.count(); i++) {
      int c = own.unit(i);
      int from = Math.max(starts[c], start);
      int to = Math.min(starts[c] + chunks.get(c).length(), start + count);
      if (from < to) {
        int at = chunks.get(c).from() + from - starts[c];
        System.arraycopy(piece, offset + from - start, state, at, to - from);
      }
    }
  }
}
