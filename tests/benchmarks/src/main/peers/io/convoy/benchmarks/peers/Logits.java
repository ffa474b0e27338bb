package io.convoy.benchmarks.peers;

import java.util.Arrays;

/** What a library gives for a batch. */
final class Logits {
  private Logits() {}

  /** A row for each image. */
  static float[][] rows(float[] logits, int images) {
    int classes = logits.length / images;
    float[][] rows = new float[images][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(logits, i * classes, (i + 1) * classes));
    return rows;
  }
}
