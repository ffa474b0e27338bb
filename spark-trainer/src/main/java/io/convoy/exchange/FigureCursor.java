package io.convoy.exchange;

import io.convoy.exchange.connect.FrameLayout;
import io.convoy.shard.Stripe;

/**
 * Walks over the frames that bring the figures of one owner's chunks, round after round, as many
 * chunks in each as there is room for, in ascending order.
 */
final class FigureCursor {
  private final Stripe own;
  private int figures;
  private int rounds;
  private int round;
  private int passed;
  private int sequence;

  FigureCursor(Ownership ownership, int owner) {
    this.own = ownership.own(owner);
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
    round = own.count() == 0 ? rounds : 0;
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
    if (passed == own.count()) {
      passed = 0;
      round++;
    }
  }

  /** The first chunk of this frame. */
  int first() {
    return chunk(0);
  }

  /** The chunks of this frame, each N after the one before. */
  int count() {
    return Math.min(FrameLayout.MAXIMUM_PAYLOAD / (figures * Double.BYTES), own.count() - passed);
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
    return own.unit(passed + i);
  }

  /** How many frames came before this one. */
  int sequence() {
    return sequence;
  }
}
