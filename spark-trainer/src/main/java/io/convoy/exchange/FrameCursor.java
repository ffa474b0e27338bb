package io.convoy.exchange;

import io.convoy.exchange.Ownership.Group;
import io.convoy.exchange.connect.FrameLayout;

/**
 * Walks over the frames of one kind on one connection in their only order: group after group of the
 * owner's chunks, in a group one vector after the other, of a long chunk piece after piece.
 */
final class FrameCursor {
  private static final Group[] NOTHING = {};

  private Group[] groups = NOTHING;
  private int vectors;
  private int group;
  private int vector;
  private int offset;
  private int sequence;

  /**
   * Starts again.
   *
   * @param groups the owner's groups
   * @param vectors for each group; 0 means that there is no frame at all
   */
  void restart(Group[] groups, int vectors) {
    this.groups = vectors == 0 ? NOTHING : groups;
    this.vectors = vectors;
    group = 0;
    vector = 0;
    offset = 0;
    sequence = 0;
  }

  /** Whether no frame is left. */
  boolean done() {
    return group == groups.length;
  }

  /** Goes on to the next frame. */
  void advance() {
    offset += count();
    sequence++;
    if (offset < current().floats()) {
      return;
    }
    offset = 0;
    vector++;
    if (vector == vectors) {
      vector = 0;
      group++;
    }
  }

  Group current() {
    return groups[group];
  }

  /** Groups that lie behind as a whole; all there are if there is no frame. */
  int groupsPassed() {
    return groups == NOTHING ? Integer.MAX_VALUE : group;
  }

  /** The index of the vector that this frame is a part of. */
  int vector() {
    return vector;
  }

  /** The first float of this frame in its group. */
  int offset() {
    return offset;
  }

  /** Floats of this frame. */
  int count() {
    return Math.min(FrameLayout.MAXIMUM_PAYLOAD / Float.BYTES, current().floats() - offset);
  }

  /** How many frames came before this one. */
  int sequence() {
    return sequence;
  }
}
