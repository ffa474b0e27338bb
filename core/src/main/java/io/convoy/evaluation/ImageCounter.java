package io.convoy.evaluation;

/**
 * Counts what becomes of images, one by one: an {@link EvaluationCounter}, or, where images may
 * have several labels, a {@link LabelsCounter}. For one thread at a time.
 */
public final class ImageCounter {
  // one of them is null
  private final EvaluationCounter single;
  private final LabelsCounter several;

  /**
   * @param classes of the classifier, at least 1
   * @param severalLabels whether images may have several labels, or none
   */
  public ImageCounter(int classes, boolean severalLabels) {
    single = severalLabels ? null : new EvaluationCounter(classes);
    several = severalLabels ? new LabelsCounter(classes) : null;
  }

  /**
   * Counts an image.
   *
   * @param sample its number in the set, from 0; each once
   * @param logits one a class
   * @param labels all that it has, in ascending order
   */
  public void count(int sample, float[] logits, int[] labels) {
    if (several != null) {
      several.count(logits, labels);
    } else {
      single.count(sample, logits, labels[0]);
    }
  }

  /** Likewise, of which there are probabilities alone. */
  public void count(int sample, double[] probabilities, int[] labels) {
    if (several != null) {
      several.count(probabilities, labels);
    } else {
      single.count(sample, probabilities, labels[0]);
    }
  }

  /** What has been counted until now. */
  public ImageCounts counts() {
    return new ImageCounts(
        single == null ? null : single.counts(), several == null ? null : several.counts());
  }
}
