package io.convoy.evaluation;

import io.convoy.reference.Numbers;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Logits and labels of a set that never was.
 *
 * @param logits of each sample
 * @param labels of each sample
 */
record Scores(int classes, float[][] logits, int[] labels) {
  /** What a logit is now and then where {@code bad} is asked for. */
  private static final float[] BAD = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f
  };

  /** Multiples of 1/4, so that many are equal; the true class's are larger on the whole. */
  static Scores of(long seed, int samples, int classes) {
    float[][] logits = new float[samples][];
    int[] labels = new int[samples];
    for (int n = 0; n < samples; n++) {
      logits[n] = Numbers.array(seed + n + 1, classes);
      for (int c = 0; c < classes; c++) {
        logits[n][c] = Math.round(logits[n][c] * 16) / 4f;
      }
      labels[n] = (int) Long.remainderUnsigned(Numbers.bits(seed, n), classes);
      logits[n][labels[n]] += 2;
    }
    return new Scores(classes, logits, labels);
  }

  /** The same, with every ninth image's logits spoilt at one place. */
  Scores spoilt() {
    for (int n = 4; n < labels.length; n += 9) {
      int place = (int) Long.remainderUnsigned(Numbers.bits(77, n), classes);
      logits[n][place] = BAD[n / 9 % BAD.length];
    }
    return this;
  }

  int samples() {
    return labels.length;
  }

  /** The counts of some samples. */
  EvaluationCounts counts(int kept, int... samples) {
    EvaluationCounter counter = new EvaluationCounter(classes, kept);
    for (int sample : samples) {
      counter.count(sample, logits[sample], labels[sample]);
    }
    return counter.counts();
  }

  EvaluationCounts counts(int kept) {
    return counts(kept, IntStream.range(0, samples()).toArray());
  }

  /** The report of all samples, with ten mistakes. */
  EvaluationReport report() {
    return EvaluationReport.of(counts(10), names(classes));
  }

  static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
  }
}
