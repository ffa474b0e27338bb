package io.convoy.exchange;

import io.convoy.exchange.connect.FrameLayout;
import io.convoy.network.StateLayout;
import io.convoy.shard.ChunkOwners;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Who owns which chunks, and how they travel: an owner's chunks, in ascending order, form groups of
 * at most {@link #GROUP} floats, or of one longer chunk.
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
   * Chunks that travel together, one after the other of their owner's.
   *
   * @param owner whose they are
   * @param position of the first one among the owner's
   * @param first the first chunk
   * @param chunks how many
   * @param floats their length together
   */
  record Group(int owner, int position, int first, int chunks, int floats) {}

  private final ChunkOwners owners;
  private final int[] from;
  private final int[] to;
  private final Group[][] groups;

  /**
   * @param chunks in ascending order, apart from each other
   * @param owners of these chunks
   */
  Ownership(List<StateLayout.Chunk> chunks, ChunkOwners owners) {
    if (owners.chunks() != chunks.size()) {
      throw new IllegalArgumentException(
          "owners of %s chunks must be of %s".formatted(owners.chunks(), chunks.size()));
    }
    this.owners = owners;
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
    this.groups = new Group[owners.ranks()][];
    for (int owner = 0; owner < groups.length; owner++) {
      groups[owner] = groupsOf(owner);
    }
  }

  int ranks() {
    return owners.ranks();
  }

  private Group[] groupsOf(int owner) {
    List<Group> made = new ArrayList<>();
    int count = owners.count(owner);
    for (int position = 0; position < count; ) {
      int floats = 0;
      int end = position;
      do {
        floats += length(owners.chunk(owner, end));
        end++;
      } while (end < count && floats + length(owners.chunk(owner, end)) <= GROUP);
      int first = owners.chunk(owner, position);
      made.add(new Group(owner, position, first, end - position, floats));
      position = end;
    }
    return made.toArray(Group[]::new);
  }

  /** The groups of an owner in the order in which they travel. */
  Group[] groups(int owner) {
    return groups[owner];
  }

  ChunkOwners owners() {
    return owners;
  }

  /** Chunk {@code i} of a group. */
  int chunk(Group group, int i) {
    return owners.chunk(group.owner(), group.position() + i);
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
