package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is said of one class. Of its images, {@code correct} are predicted as what they are:
 *
 * <pre>
 *   precision = correct / predicted            undefined where no image is predicted as the class
 *   recall    = correct / support              undefined where no image is of the class
 *   F1        = 2 correct / (predicted + support)         undefined where neither is
 * </pre>
 *
 * <p>The average precision is the mean of the precision among the likeliest images, down to each
 * one of the class: the sum over the steps of the ranking of precision times gain in recall, not
 * interpolated, as scikit-learn has it.
 *
 * @param name of the class
 * @param support how many images are of the class, those without a prediction included
 * @param predicted how many images are predicted as the class
 * @param correct how many of the support are predicted as the class
 * @param nonFinite how many of the support have no prediction, since their loss is no finite number
 * @param precision in [0, 1]; null where it is undefined
 * @param recall in [0, 1], with its interval; null where it is undefined
 * @param f1 the harmonic mean of precision and recall, in [0, 1]; null where it is undefined
 * @param averagePrecision in [0, 1]; null without support, and where each image has one label
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClassFigures(
    String name,
    long support,
    long predicted,
    long correct,
    long nonFinite,
    Double precision,
    Estimate recall,
    Double f1,
    Double averagePrecision) {
  public ClassFigures {
    if (correct < 0 || correct > predicted || nonFinite < 0 || correct + nonFinite > support) {
      throw new IllegalArgumentException(
          "class '%s': got %s images, %s predicted, %s correct, %s without a prediction"
              .formatted(name, support, predicted, correct, nonFinite));
    }
  }

  /** Where each image has one label. */
  public ClassFigures(
      String name,
      long support,
      long predicted,
      long correct,
      long nonFinite,
      Double precision,
      Estimate recall,
      Double f1) {
    this(name, support, predicted, correct, nonFinite, precision, recall, f1, null);
  }

  /** What follows from the counts. */
  static ClassFigures of(String name, long support, long predicted, long correct, long nonFinite) {
    return new ClassFigures(
        name,
        support,
        predicted,
        correct,
        nonFinite,
        predicted == 0 ? null : (double) correct / predicted,
        support == 0 ? null : Estimate.share(correct, support),
        predicted + support == 0 ? null : 2.0 * correct / (predicted + support));
  }

  /** The same with what ranking has shown. */
  ClassFigures withAveragePrecision(Double ofRanking) {
    return new ClassFigures(
        name, support, predicted, correct, nonFinite, precision, recall, f1, ofRanking);
  }
}
