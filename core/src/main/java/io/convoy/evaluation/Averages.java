package io.convoy.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Means over the classes with support, or of all labels at once. A precision that is undefined,
 * since no image was predicted as that class, counts as 0: as scikit-learn has it by default.
 *
 * @param precision in [0, 1]
 * @param recall in [0, 1]
 * @param f1 in [0, 1]: of several classes the mean of their F1, not the F1 of the means
 */
public record Averages(double precision, double recall, double f1) {
  /** Each class counts alike. */
  static Averages macro(List<ClassFigures> classes) {
    return of(classes, figures -> 1);
  }

  /** Each class counts by its images. */
  static Averages weighted(List<ClassFigures> classes) {
    return of(classes, ClassFigures::support);
  }

  /**
   * Each label of an image counts alike, those that are given and those that it has; null where no
   * image has a label.
   */
  static Averages micro(List<ClassFigures> classes) {
    long support = classes.stream().mapToLong(ClassFigures::support).sum();
    long predicted = classes.stream().mapToLong(ClassFigures::predicted).sum();
    long correct = classes.stream().mapToLong(ClassFigures::correct).sum();
    return support == 0
        ? null
        : new Averages(
            predicted == 0 ? 0 : (double) correct / predicted,
            (double) correct / support,
            2.0 * correct / (predicted + support));
  }

  private static Averages of(List<ClassFigures> classes, ToDoubleFunction<ClassFigures> weight) {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    double weights = 0;
    for (ClassFigures figures : classes) {
      if (figures.support() == 0) {
        continue;
      }
      double w = weight.applyAsDouble(figures);
      precision += figures.precision() == null ? 0 : w * figures.precision();
      recall += w * figures.recall().value();
      f1 += w * figures.f1();
      weights += w;
    }
    return weights == 0 ? null : new Averages(precision / weights, recall / weights, f1 / weights);
  }
}
