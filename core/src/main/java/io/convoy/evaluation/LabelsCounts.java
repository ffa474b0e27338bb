package io.convoy.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of some images of a set, each of which may have several labels: what a task sends as
 * JSON. Sums of parts are the same, bit for bit, in whatever order and grouping they are added.
 *
 * @param classes of the classifier, at least 1
 * @param samples all images
 * @param predicted those whose logits are all finite numbers
 * @param exact how many of those predicted are given their labels, and no others
 * @param nonFinite by label, how many of the images that are not predicted have it
 * @param loss of those predicted
 * @param steps that have images, in their order: of those predicted, each class has all
 */
public record LabelsCounts(
    int classes,
    long samples,
    long predicted,
    long exact,
    SortedMap<Integer, Long> nonFinite,
    LossSums loss,
    List<LogitStep> steps) {
  public LabelsCounts {
    nonFinite = Collections.unmodifiableSortedMap(new TreeMap<>(nonFinite));
    steps = steps.stream().sorted(LogitStep.ORDER).toList();
    EvaluationCounts.requireSizes(classes, 0);
    if (exact < 0 || exact > predicted || predicted > samples) {
      throw new IllegalArgumentException(
          "of all images, some are predicted, and some of these are right: got %s, %s, %s"
              .formatted(samples, predicted, exact));
    }
    nonFinite.forEach(
        (label, images) -> {
          if (label < 0 || label >= classes || images < 1 || images > samples - predicted) {
            throw new IllegalArgumentException(
                "label %s with %s images; there are %s classes, and %s images are not predicted"
                    .formatted(label, images, classes, samples - predicted));
          }
        });
    long[] images = new long[classes];
    for (int i = 0; i < steps.size(); i++) {
      LogitStep step = steps.get(i);
      boolean twice = i > 0 && LogitStep.ORDER.compare(steps.get(i - 1), step) == 0;
      if (step.label() >= classes || twice) {
        throw new IllegalArgumentException(
            "step %s is of no class, or stands twice; there are %s".formatted(step, classes));
      }
      images[step.label()] += step.with() + step.without();
    }
    for (long of : images) {
      if (of != predicted) {
        throw new IllegalArgumentException(
            "each class has the steps of all images predicted: got %s of %s"
                .formatted(of, predicted));
      }
    }
  }

  /** The steps of a class, from the highest down. */
  List<LogitStep> steps(int label) {
    return steps.stream().filter(step -> step.label() == label).toList();
  }

  /**
   * The counts of both, which have no image in common.
   *
   * @throws IllegalArgumentException when they are of another number of classes
   */
  public LabelsCounts plus(LabelsCounts other) {
    if (classes != other.classes) {
      throw new IllegalArgumentException(
          "counts of %s and %s classes have no sum".formatted(classes, other.classes));
    }
    SortedMap<Integer, Long> nonFiniteSum = new TreeMap<>(nonFinite);
    other.nonFinite.forEach((label, images) -> nonFiniteSum.merge(label, images, Long::sum));
    SortedMap<LogitStep, LogitStep> sums = new TreeMap<>(LogitStep.ORDER);
    steps.forEach(step -> sums.put(step, step));
    other.steps.forEach(step -> sums.merge(step, step, LogitStep::plus));
    return new LabelsCounts(
        classes,
        samples + other.samples,
        predicted + other.predicted,
        exact + other.exact,
        nonFiniteSum,
        loss.plus(other.loss),
        new ArrayList<>(sums.values()));
  }
}
