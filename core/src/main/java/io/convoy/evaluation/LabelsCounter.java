package io.convoy.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts what becomes of images that may have several labels, or none. As with {@link
 * EvaluationCounter}, several counters share out a set as they like.
 *
 * <p>An image is given the labels whose probability is above one half: those whose logit is above
 * 0. Its loss is the binary cross-entropy, the mean over the classes. One with a logit that is no
 * finite number is given no label, and has no part in the loss.
 *
 * <p>How a class ranks images is counted by steps of the logit, of 1/{@value LogitStep#IN_ONE}:
 * images in the same step are equally likely to be of the class.
 *
 * <p>Memory: some words for each class and step that occurs. For one thread at a time.
 */
public final class LabelsCounter {
  private final int classes;

  /** By class, and by step of the logit: images that have the label, and others. */
  private final List<SortedMap<Integer, long[]>> steps = new ArrayList<>();

  private final SortedMap<Integer, Long> nonFinite = new TreeMap<>();
  private long samples;
  private long predicted;
  private long exact;
  private LossSums loss = LossSums.ZERO;

  /**
   * @param classes of the classifier, at least 1
   */
  public LabelsCounter(int classes) {
    EvaluationCounts.requireSizes(classes, 0);
    this.classes = classes;
    for (int label = 0; label < classes; label++) {
      steps.add(new TreeMap<>());
    }
  }

  /**
   * Counts an image.
   *
   * @param logits one a class
   * @param labels that it has, each once
   */
  public void count(float[] logits, int[] labels) {
    boolean[] has = has(logits.length, labels);
    int[] found = new int[classes];
    double sum = 0;
    for (int label = 0; label < classes; label++) {
      double z = logits[label];
      if (!Double.isFinite(z)) {
        countNonFinite(labels);
        return;
      }
      found[label] = LogitStep.of(z);
      sum += Math.max(z, 0) - (has[label] ? z : 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
    }
    count(found, has, sum);
  }

  /**
   * Counts an image of which there are probabilities alone. A probability that is 0, which rounding
   * can make of one, counts as {@link Double#MIN_VALUE} in the loss.
   *
   * @param probabilities one a class, each in [0, 1]; where one is NaN, no label is given
   * @param labels that it has, each once
   */
  public void count(double[] probabilities, int[] labels) {
    boolean[] has = has(probabilities.length, labels);
    int[] found = new int[classes];
    double sum = 0;
    for (int label = 0; label < classes; label++) {
      double p = probabilities[label];
      if (Double.isNaN(p)) {
        countNonFinite(labels);
        return;
      }
      found[label] = LogitStep.ofProbability(p);
      double right = has[label] ? p : 1 - p;
      sum -= StrictMath.log(Math.min(1, Math.max(Double.MIN_VALUE, right)));
    }
    count(found, has, sum);
  }

  private boolean[] has(int outputs, int[] labels) {
    if (outputs != classes) {
      throw new IllegalArgumentException("%s outputs, for %s classes".formatted(outputs, classes));
    }
    boolean[] has = new boolean[classes];
    for (int label : labels) {
      if (label < 0 || label >= classes || has[label]) {
        throw new IllegalArgumentException(
            "label %s, of %s classes, each once".formatted(label, classes));
      }
      has[label] = true;
    }
    return has;
  }

  private void count(int[] found, boolean[] has, double lossSum) {
    boolean right = true;
    for (int label = 0; label < classes; label++) {
      steps.get(label).computeIfAbsent(found[label], any -> new long[2])[has[label] ? 0 : 1]++;
      right &= LogitStep.isGiven(found[label]) == has[label];
    }
    samples++;
    predicted++;
    exact += right ? 1 : 0;
    loss = loss.plus(LossSums.of(lossSum / classes));
  }

  private void countNonFinite(int[] labels) {
    samples++;
    for (int label : labels) {
      nonFinite.merge(label, 1L, Long::sum);
    }
  }

  /** What has been counted until now. */
  public LabelsCounts counts() {
    List<LogitStep> cells = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      for (var entry : steps.get(label).entrySet()) {
        long[] images = entry.getValue();
        cells.add(new LogitStep(label, entry.getKey(), images[0], images[1]));
      }
    }
    return new LabelsCounts(classes, samples, predicted, exact, nonFinite, loss, cells);
  }
}
