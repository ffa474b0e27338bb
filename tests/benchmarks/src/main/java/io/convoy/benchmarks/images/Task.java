package io.convoy.benchmarks.images;

/** What is done with each photograph. */
enum Task {
  /** Decoded to interleaved bytes, in full. */
  DECODE("decode"),
  /** A random part of it, resized to 224 x 224; Convoy decodes at the scale that fits. */
  CROP("crop, resize to 224"),
  /** All that training does with it: a random part, resized, flipped, standardised into a batch. */
  BATCH("end to end"),
  /** The same, where Convoy decodes at the scale that fits, and others in full. */
  BATCH_AT_FIT("end to end, decode: fit");

  private final String title;

  Task(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether photographs end in a batch of floats: ImageIO has no part in that. */
  boolean endsInBatch() {
    return this == BATCH || this == BATCH_AT_FIT;
  }
}
