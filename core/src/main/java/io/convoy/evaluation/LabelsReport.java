package io.convoy.evaluation;

import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes the figures of a set whose images may have several labels. */
final class LabelsReport {
  private LabelsReport() {}

  /** As {@link ImageCounts#report}. */
  static EvaluationReport of(LabelsCounts counts, List<String> names) {
    if (names.size() != counts.classes()) {
      throw new IllegalArgumentException(
          "%s names, for %s classes".formatted(names.size(), counts.classes()));
    }
    long samples = counts.samples();
    if (samples == 0) {
      throw ConvoyException.data(
          "no image to evaluate: figures are of one at least; name a set that has images");
    }
    List<ClassFigures> classes = new ArrayList<>();
    for (int label = 0; label < names.size(); label++) {
      long nonFinite = counts.nonFinite().getOrDefault(label, 0L);
      classes.add(figures(names.get(label), counts.steps(label), nonFinite));
    }
    return new EvaluationReport(
        samples,
        samples - counts.predicted(),
        Estimate.CONFIDENCE,
        Estimate.share(counts.exact(), samples),
        null,
        counts.predicted() == samples ? Estimate.mean(counts.loss(), samples) : null,
        Averages.macro(classes),
        Averages.weighted(classes),
        Averages.micro(classes),
        meanAveragePrecision(classes),
        null,
        classes,
        List.of(),
        List.of());
  }

  private static ClassFigures figures(String name, List<LogitStep> steps, long nonFinite) {
    long support = nonFinite;
    long predicted = 0;
    long correct = 0;
    for (LogitStep step : steps) {
      support += step.with();
      predicted += step.isGiven() ? step.with() + step.without() : 0;
      correct += step.isGiven() ? step.with() : 0;
    }
    return ClassFigures.of(name, support, predicted, correct, nonFinite)
        .withAveragePrecision(averagePrecision(steps, support));
  }

  /** The precision down to each step, by the share of the support that lies in the step. */
  private static Double averagePrecision(List<LogitStep> steps, long support) {
    if (support == 0) {
      return null;
    }
    double sum = 0;
    long found = 0;
    long all = 0;
    for (LogitStep step : steps) {
      found += step.with();
      all += step.with() + step.without();
      sum += (double) step.with() * found / all;
    }
    return sum / support;
  }

  private static Double meanAveragePrecision(List<ClassFigures> classes) {
    List<Double> known =
        classes.stream().map(ClassFigures::averagePrecision).filter(Objects::nonNull).toList();
    double sum = 0;
    for (double one : known) {
      sum += one;
    }
    return known.isEmpty() ? null : sum / known.size();
  }
}
