package io.convoy.exchange;

import io.convoy.exchange.connect.FrameLayout;
import io.convoy.shard.ChunkOwners;

/**
 * Walks over the frames that bring the figures of one owner's chunks, round after round, as many
 * chunks in each as there is room for, in ascending order.
 */
final class FigureCursor {
  private final ChunkOwners owners;
  private final int owner;
  private int figures;
  private int rounds;
  private int round;
  private int passed;
  private int sequence;

  FigureCursor(Ownership ownership, int owner) {
    this.owners = ownership.owners();
    this.owner = owner;
  }

  /**
   * Starts again.
   *
   * @param figuresPerChunk K
   * @param rounds that have figures; 0 means that there is no frame at all
   */
  void restart(int figuresPerChunk, int rounds) {
    figures = figuresPerChunk;
    this.rounds = rounds;
    round = owners.count(owner) == 0 ? rounds : 0;
    passed = 0;
    sequence = 0;
  }

  /** Whether no frame is left. */
  boolean done() {
    return round == rounds;
  }

  /** The round of this frame; how many lie behind as a whole. */
  int round() {
    return round;
  }

  /** Goes on to the next frame. */
  void advance() {
    passed += count();
    sequence++;
    if (passed == owners.count(owner)) {
      passed = 0;
      round++;
    }
  }

  /** The first chunk of this frame. */
  int first() {
    return chunk(0);
  }

  /** The chunks of this frame, one after the other of the owner's. */
  int count() {
    return Math.min(
        FrameLayout.MAXIMUM_PAYLOAD / (figures * Double.BYTES), owners.count(owner) - passed);
  }

  /** Bytes of this frame's payload. */
  int bytes() {
    return count() * figures * Double.BYTES;
  }

  /** Where figure {@code i} of this frame stands among those of all chunks in its round. */
  int target(int i) {
    return chunk(i / figures) * figures + i % figures;
  }

  private int chunk(int i) {
    return owners.chunk(owner, passed + i);
  }

  /** How many frames came before this one. */
  int sequence() {
    return sequence;
  }
}
