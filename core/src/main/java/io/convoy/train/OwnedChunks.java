package io.convoy.train;

import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.recipe.Recipe;
import io.convoy.shard.ChunkOwners;
import java.util.List;

/**
 * The chunks of one owner, and how arrays that hold these alone are laid out: one chunk behind the
 * other, in ascending order. An optimizer's state is kept so, once in the whole cluster.
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
  private final ChunkOwners owners;
  private final int rank;
  private final int[] starts;
  private final boolean[] owned;
  private final int length;

  /**
   * @param owners of the layout's chunks
   * @param rank of this owner, from 0
   */
  public OwnedChunks(StateLayout layout, ChunkOwners owners, int rank) {
    this.chunks = layout.chunks();
    this.owners = owners;
    this.rank = rank;
    this.starts = new int[chunks.size()];
    this.owned = new boolean[chunks.size()];
    int start = 0;
    for (int i = 0; i < owners.count(rank); i++) {
      int c = owners.chunk(rank, i);
      starts[c] = start;
      owned[c] = true;
      start += chunks.get(c).length();
    }
    this.length = start;
  }

  /**
   * The chunks of a rank in a training.
   *
   * @param rank of the owner, from 0
   * @param ranks N, at least 1
   */
  public static OwnedChunks of(Recipe recipe, int rank, int ranks) {
    return new OwnedChunks(recipe.network().layout(), owners(recipe, ranks), rank);
  }

  /**
   * Who owns which chunks in a training.
   *
   * @param ranks N, at least 1
   */
  public static ChunkOwners owners(Recipe recipe, int ranks) {
    return WeightMatrix.owners(recipe, ranks);
  }

  /** All chunks, of an owner who is alone. */
  public static OwnedChunks all(StateLayout layout) {
    return new OwnedChunks(layout, ChunkOwners.inTurn(layout.chunks().size(), 1), 0);
  }

  /** Floats of an array of own chunks. */
  public int length() {
    return length;
  }

  boolean owns(int chunk) {
    return owned[chunk];
  }

  /** The first float of an own chunk in an array of own chunks. */
  int start(int chunk) {
    return starts[chunk];
  }

  /** Own chunks out of an array that is laid out like the state. */
  public float[] gather(float[] state) {
    float[] gathered = new float[length];
    for (int i = 0; i < owners.count(rank); i++) {
      int c = owners.chunk(rank, i);
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
    for (int i = 0; i < owners.count(rank); i++) {
      int c = owners.chunk(rank, i);
      int from = Math.max(starts[c], start);
      int to = Math.min(starts[c] + chunks.get(c).length(), start + count);
      if (from < to) {
        int at = chunks.get(c).from() + from - starts[c];
        System.arraycopy(piece, offset + from - start, state, at, to - from);
      }
    }
  }
}
