package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is said of a classifier, of a set of images: the file {@code evaluation.json}, whose keys
 * are these components. A key is absent where its figure is undefined. Intervals are those of
 * {@link Estimate#CONFIDENCE}: Wilson's of shares, the normal approximation's of the loss.
 *
 * @param samples all images, at least 1
 * @param nonFinite how many of them have a loss that is no finite number; they are mistakes without
 *     a prediction, as {@link EvaluationCounter} says
 * @param confidenceLevel of all intervals
 * @param accuracy the share of images whose largest logit is that of their class, of equal ones the
 *     first; where images may have several labels, of those that are given theirs and no others
 * @param topFive the share of images whose class is among the five likeliest; null with five
 *     classes or fewer
 * @param loss the mean negative log likelihood of the true classes, in nats; null where an image's
 *     is no finite number. With several labels an image the binary cross-entropy, the mean over the
 *     classes
 * @param macro means over the classes, each alike; null where no image has a label
 * @param weighted means over the classes, each by its images; likewise
 * @param micro of all labels at once; null where each image has one label, since all its figures
 *     are then the accuracy, and where none has any
 * @param meanAveragePrecision the mean over the classes with support, in [0, 1]; likewise
 * @param calibration of the images that are predicted; null without one, and with several labels an
 *     image, as confusion and mistakes are empty
 * @param classes in the order of the classifier
 * @param confusion the cells of the confusion matrix that are not empty, row by row, each as {@code
 *     [label, predicted, images]}; classes are their places in {@code classes}, from 0
 * @param mistakes the most confident ones first; of equal ones the one first in the set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationReport(
    long samples,
    long nonFinite,
    double confidenceLevel,
    Estimate accuracy,
    Estimate topFive,
    Estimate loss,
    Averages macro,
    Averages weighted,
    Averages micro,
    Double meanAveragePrecision,
    Calibration calibration,
    List<ClassFigures> classes,
    List<ConfusionCell> confusion,
    List<Mistake> mistakes) {
  public EvaluationReport {
    classes = List.copyOf(classes);
    confusion = List.copyOf(confusion);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * The figures of a whole set.
   *
   * @param names of the classes, in the classifier's order
   * @throws ConvoyException of kind DATA without an image
   * @throws IllegalArgumentException for another number of names than of classes
   */
  public static EvaluationReport of(EvaluationCounts counts, List<String> names) {
    if (names.size() != counts.classes()) {
      throw new IllegalArgumentException(
          "%s names, for %s classes".formatted(names.size(), counts.classes()));
    }
    long samples = counts.samples();
    if (samples == 0) {
      throw ConvoyException.data(
          "no image to evaluate: figures are of one at least; name a set that has images");
    }
    long predicted = counts.predicted();
    List<ClassFigures> classes = classes(counts, names);
    return new EvaluationReport(
        samples,
        samples - predicted,
        Estimate.CONFIDENCE,
        Estimate.share(counts.correct(), samples),
        names.size() > EvaluationCounter.TOP ? Estimate.share(counts.topFive(), samples) : null,
        predicted == samples ? Estimate.mean(counts.loss(), samples) : null,
        Averages.macro(classes),
        Averages.weighted(classes),
        null,
        null,
        predicted == 0 ? null : Calibration.of(counts.bins()),
        classes,
        counts.confusion(),
        counts.mistakes().stream().map(mistake -> named(mistake, names)).toList());
  }

  private static List<ClassFigures> classes(EvaluationCounts counts, List<String> names) {
    long[] support = new long[names.size()];
    long[] predicted = new long[names.size()];
    long[] correct = new long[names.size()];
    counts.nonFinite().forEach((label, images) -> support[label] += images);
    for (ConfusionCell cell : counts.confusion()) {
      support[cell.label()] += cell.images();
      predicted[cell.predicted()] += cell.images();
      correct[cell.label()] += cell.correct() ? cell.images() : 0;
    }
    ClassFigures[] figures = new ClassFigures[names.size()];
    for (int label = 0; label < figures.length; label++) {
      long nonFinite = counts.nonFinite().getOrDefault(label, 0L);
      figures[label] =
          ClassFigures.of(
              names.get(label), support[label], predicted[label], correct[label], nonFinite);
    }
    return List.of(figures);
  }

  private static Mistake named(CountedMistake mistake, List<String> names) {
    return new Mistake(
        mistake.sample(),
        null,
        names.get(mistake.label()),
        names.get(mistake.predicted()),
        mistake.probability());
  }

  /**
   * The same, with paths.
   *
   * @param paths where a sample lies, by its number in the set; null where it lies nowhere
   */
  public EvaluationReport withPaths(IntFunction<String> paths) {
    return new EvaluationReport(
        samples,
        nonFinite,
        confidenceLevel,
        accuracy,
        topFive,
        loss,
        macro,
        weighted,
        micro,
        meanAveragePrecision,
        calibration,
        classes,
        confusion,
        mistakes.stream().map(mistake -> mistake.at(paths.apply(mistake.sample()))).toList());
  }
}
