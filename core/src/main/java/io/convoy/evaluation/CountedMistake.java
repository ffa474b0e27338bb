package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An image that was predicted as what it is not. In JSON {@code [sample, label, predicted,
 * probability]}.
 *
 * @param sample its number in the set
 * @param label its true class
 * @param predicted the class that it was taken for
 * @param probability of that class, in [0, 1]
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"sample", "label", "predicted", "probability"})
record CountedMistake(int sample, int label, int predicted, double probability) {
  /** The most confident ones first; of equal ones the one that lies first in the set. */
  static final Comparator<CountedMistake> ORDER =
      Comparator.comparingDouble(CountedMistake::probability)
          .reversed()
          .thenComparingInt(CountedMistake::sample);

  CountedMistake {
    if (sample < 0 || label < 0 || predicted < 0 || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a mistake is of a sample and two classes, from 0, with a probability: got %s, %s, %s, %s"
              .formatted(sample, label, predicted, probability));
    }
  }

  /** The first of two lists together. */
  static List<CountedMistake> first(
      int most, List<CountedMistake> some, List<CountedMistake> others) {
    return Stream.concat(some.stream(), others.stream()).sorted(ORDER).limit(most).toList();
  }
}
