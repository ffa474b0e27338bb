package io.convoy.benchmarks.images;

/** What is done with each photograph. */
enum Task {
  /** Decoded to interleaved bytes, in full. */
  DECODE("decode"),
  /** A random part of it, resized to 224 x 224; Convoy decodes at the scale that fits. */
  CROP("crop, resize to 224");

  private final String title;

  Task(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
