package io.convoy.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What became of some images of a set: what a task sends as JSON. Sums of parts are the same, bit
 * for bit, in whatever order and grouping they are added.
 *
 * @param classes of the classifier, at least 1
 * @param keptMistakes how many mistakes are kept at the most, from 0
 * @param confusion the cells that are not empty, row by row: of the images that were predicted
 * @param nonFinite by true class, how many images have a loss that is no finite number
 * @param topFive how many of those predicted have their class among the five likeliest
 * @param loss of those predicted
 * @param bins of those predicted, by confidence
 * @param mistakes the most confident ones, in their order
 */
public record EvaluationCounts(
    int classes,
    int keptMistakes,
    List<ConfusionCell> confusion,
    SortedMap<Integer, Long> nonFinite,
    long topFive,
    LossSums loss,
    List<ConfidenceBin> bins,
    List<CountedMistake> mistakes) {
  public EvaluationCounts {
    confusion = List.copyOf(confusion);
    nonFinite = Collections.unmodifiableSortedMap(new TreeMap<>(nonFinite));
    bins = List.copyOf(bins);
    mistakes = List.copyOf(mistakes);
    requireSizes(classes, keptMistakes);
    if (bins.size() != ConfidenceBin.COUNT || mistakes.size() > keptMistakes) {
      throw new IllegalArgumentException(
          "counts have %s bins and at most %s mistakes: got %s, %s"
              .formatted(ConfidenceBin.COUNT, keptMistakes, bins.size(), mistakes.size()));
    }
    requireClasses(classes, confusion, nonFinite);
    long predicted = confusion.stream().mapToLong(ConfusionCell::images).sum();
    long binned = bins.stream().mapToLong(ConfidenceBin::images).sum();
    if (predicted != binned || topFive < 0 || topFive > predicted) {
      throw new IllegalArgumentException(
          "all images predicted are in a bin: got %s predicted, %s in bins, %s in the top five"
              .formatted(predicted, binned, topFive));
    }
  }

  static void requireSizes(int classes, int keptMistakes) {
    if (classes < 1 || keptMistakes < 0) {
      throw new IllegalArgumentException(
          "counts are of a class at least, and keep 0 mistakes or more: got %s, %s"
              .formatted(classes, keptMistakes));
    }
  }

  private static void requireClasses(
      int classes, List<ConfusionCell> confusion, SortedMap<Integer, Long> nonFinite) {
    for (ConfusionCell cell : confusion) {
      if (cell.label() >= classes || cell.predicted() >= classes) {
        throw new IllegalArgumentException(
            "cell %s is of no class; there are %s".formatted(cell, classes));
      }
    }
    for (int i = 1; i < confusion.size(); i++) {
      if (ConfusionCell.ORDER.compare(confusion.get(i - 1), confusion.get(i)) >= 0) {
        throw new IllegalArgumentException(
            "cells stand row by row, each once: got %s before %s"
                .formatted(confusion.get(i - 1), confusion.get(i)));
      }
    }
    nonFinite.forEach(
        (label, images) -> {
          if (label < 0 || label >= classes || images < 1) {
            throw new IllegalArgumentException(
                "class %s with %s images is none; there are %s classes"
                    .formatted(label, images, classes));
          }
        });
  }

  /** All images. */
  public long samples() {
    return predicted() + nonFinite.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Those whose loss is a finite number. */
  public long predicted() {
    return confusion.stream().mapToLong(ConfusionCell::images).sum();
  }

  /** Those whose largest logit is that of their class. */
  public long correct() {
    return confusion.stream().filter(ConfusionCell::correct).mapToLong(ConfusionCell::images).sum();
  }

  /**
   * The counts of both, which have no image in common.
   *
   * @throws IllegalArgumentException when they are of another number of classes, or keep another
   *     number of mistakes
   */
  public EvaluationCounts plus(EvaluationCounts other) {
    if (classes != other.classes || keptMistakes != other.keptMistakes) {
      throw new IllegalArgumentException(
          "counts of %s and %s classes, which keep %s and %s mistakes, have no sum"
              .formatted(classes, other.classes, keptMistakes, other.keptMistakes));
    }
    SortedMap<Integer, Long> nonFiniteSum = new TreeMap<>(nonFinite);
    other.nonFinite.forEach((label, images) -> nonFiniteSum.merge(label, images, Long::sum));
    return new EvaluationCounts(
        classes,
        keptMistakes,
        sum(confusion, other.confusion),
        nonFiniteSum,
        topFive + other.topFive,
        loss.plus(other.loss),
        IntStream.range(0, bins.size())
            .mapToObj(bin -> bins.get(bin).plus(other.bins.get(bin)))
            .toList(),
        CountedMistake.first(keptMistakes, mistakes, other.mistakes));
  }

  private static List<ConfusionCell> sum(List<ConfusionCell> some, List<ConfusionCell> others) {
    SortedMap<ConfusionCell, Long> byPlace = new TreeMap<>(ConfusionCell.ORDER);
    Stream.concat(some.stream(), others.stream())
        .forEach(cell -> byPlace.merge(cell, cell.images(), Long::sum));
    List<ConfusionCell> cells = new ArrayList<>();
    for (Map.Entry<ConfusionCell, Long> entry : byPlace.entrySet()) {
      ConfusionCell place = entry.getKey();
      cells.add(new ConfusionCell(place.label(), place.predicted(), entry.getValue()));
    }
    return cells;
  }
}
