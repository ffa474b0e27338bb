package io.convoy.exchange;

import io.convoy.exchange.connect.FrameLayout;
import io.convoy.network.StateLayout;
import io.convoy.shard.Stripe;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Who owns which chunks, and how they travel: an owner has a {@link Stripe} of the chunks, which,
 * in ascending order, form groups of at most {@link #GROUP} floats, or of one longer chunk.
 *
 * <p>In a group the chunks stand one behind the other:
 *
 * <pre>
 *   group of rank 1 of 3:  | chunk 1 | chunk 4 | chunk 7 |
 *   state:   | 0 | chunk 1 | 2 | 3 | chunk 4 | 5 | 6 | chunk 7 | ...
 * </pre>
 */
final class Ownership {
  /**
   * Floats of a group at the most, unless it is one chunk: what one frame holds, three full chunks.
   * Of the sizes tried over loopback it won most rounds of the benchmark, by little more than its
   * noise.
   */
  static final int GROUP = FrameLayout.MAXIMUM_PAYLOAD / Float.BYTES;

  /**
   * Chunks that travel together: {@code first}, {@code first + N}, and so on.
   *
   * @param first the first chunk
   * @param chunks how many
   * @param floats their length together
   */
  record Group(int first, int chunks, int floats) {}

  private final int ranks;
  private final int[] from;
  private final int[] to;
  private final Group[][] groups;

  /**
   * @param chunks in ascending order, apart from each other
   * @param ranks N, at least 1
   */
  Ownership(List<StateLayout.Chunk> chunks, int ranks) {
    this.ranks = ranks;
    this.from = new int[chunks.size()];
    this.to = new int[chunks.size()];
    int end = 0;
    for (int c = 0; c < from.length; c++) {
      from[c] = chunks.get(c).from();
      to[c] = chunks.get(c).to();
      if (from[c] < end || to[c] <= from[c]) {
        throw new IllegalArgumentException(
            "chunk %s [%s, %s) must not be empty and must start at %s or later"
                .formatted(c, from[c], to[c], end));
      }
      end = to[c];
    }
    this.groups = new Group[ranks][];
    for (int owner = 0; owner < ranks; owner++) {
      groups[owner] = groupsOf(owner);
    }
  }

  int ranks() {
    return ranks;
  }

  private Group[] groupsOf(int owner) {
    List<Group> made = new ArrayList<>();
    int first = owner;
    int chunks = 0;
    int floats = 0;
    Stripe own = own(owner);
    for (int i = 0; i < own.count(); i++) {
      int c = own.unit(i);
      if (chunks > 0 && floats + length(c) > GROUP) {
        made.add(new Group(first, chunks, floats));
        first = c;
        chunks = 0;
        floats = 0;
      }
      chunks++;
      floats += length(c);
    }
    if (chunks > 0) {
      made.add(new Group(first, chunks, floats));
    }
    return made.toArray(Group[]::new);
  }

  /** The groups of an owner in the order in which they travel. */
  Group[] groups(int owner) {
    return groups[owner];
  }

  /** The chunks of an owner. */
  Stripe own(int owner) {
    return new Stripe(owner, ranks, from.length);
  }

  /** Chunk {@code i} of a group. */
  int chunk(Group group, int i) {
    return group.first() + i * ranks;
  }

  /** The number of all chunks. */
  int chunks() {
    return from.length;
  }

  /** Floats of a chunk. */
  int length(int chunk) {
    return to[chunk] - from[chunk];
  }

  /** The first float of a chunk in the state. */
  int start(int chunk) {
    return from[chunk];
  }

  /** Floats that the state must have at the least. */
  int stateLength() {
    return to.length == 0 ? 0 : to[to.length - 1];
  }

  /** Copies the floats [offset, offset + count) of a group out of a vector like the state. */
  void gather(Group group, int offset, int count, float[] vector, FloatBuffer into) {
    int position = 0;
    for (int i = 0; i < group.chunks(); i++) {
      int c = chunk(group, i);
      int begin = Math.max(position, offset);
      int end = Math.min(position + length(c), offset + count);
      if (begin < end) {
        into.put(begin - offset, vector, from[c] + begin - position, end - begin);
      }
      position += length(c);
    }
  }

  /** The reverse of {@link #gather}. */
  void scatter(Group group, int offset, int count, FloatBuffer source, float[] state) {
    int position = 0;
    for (int i = 0; i < group.chunks(); i++) {
      int c = chunk(group, i);
      int begin = Math.max(position, offset);
      int end = Math.min(position + length(c), offset + count);
      if (begin < end) {
        source.get(begin - offset, state, from[c] + begin - position, end - begin);
      }
      position += length(c);
    }
  }
}
