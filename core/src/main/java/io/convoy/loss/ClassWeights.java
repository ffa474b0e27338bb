package io.convoy.loss;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A weight for each class: given, or made of how often each class occurs in what is trained on. In
 * JSON {@code [1, 2.5, 0]} or {@code "balanced"}.
 *
 * @param values one a class, finite and at least 0, one of them above; null for {@code balanced}
 */
public record ClassWeights(List<Float> values) {
  /** Those that follow from the counts of the classes. */
  public static final ClassWeights BALANCED = new ClassWeights((List<Float>) null);

  private static final String BALANCED_NAME = "balanced";

  public ClassWeights {
    if (values != null) {
      values = List.copyOf(values);
      if (values.stream().noneMatch(value -> value > 0)
          || values.stream().anyMatch(value -> !(value >= 0 && Float.isFinite(value)))) {
        throw ConvoyException.usage(
            "weights of classes must be at least 0, and one of them above; got %s", values);
      }
    }
  }

  /** Given ones, in the order of classes. */
  public static ClassWeights of(float... values) {
    return new ClassWeights(IntStream.range(0, values.length).mapToObj(c -> values[c]).toList());
  }

  @JsonCreator
  static ClassWeights parse(JsonNode node) {
    if (node.isTextual() && node.textValue().equals(BALANCED_NAME)) {
      return BALANCED;
    }
    List<Float> values = new ArrayList<>();
    node.forEach(value -> values.add(value.isNumber() ? value.floatValue() : Float.NaN));
    if (!node.isArray() || values.contains(Float.NaN)) {
      throw ConvoyException.usage(
          "expected balanced or a list of one number a class, such as [1, 2.5]; got %s", node);
    }
    return new ClassWeights(values);
  }

  @JsonValue
  Object toJson() {
    return values == null ? BALANCED_NAME : values;
  }

  /**
   * Checks that there is one a class.
   *
   * @param weights null for none, which fits
   * @param key its name in messages, {@code loss: key}
   */
  static void requireFit(ClassWeights weights, String key, int classes) {
    if (weights != null && weights.values != null && weights.values.size() != classes) {
      throw ConvoyException.usage(
          "%s must have one weight a class; got %d for %d classes",
          key, weights.values.size(), classes);
    }
  }

  /** What {@code balanced} stands for, by the counts of classes. */
  @FunctionalInterface
  interface Rule {
    double weight(ClassCounts counts, int label);
  }

  /**
   * The same weights, known where they go by counts.
   *
   * @param weights null for none
   * @param counts of the samples that are trained on
   */
  static ClassWeights known(ClassWeights weights, Rule rule, Supplier<ClassCounts> counts) {
    if (weights == null || weights.values != null) {
      return weights;
    }
    ClassCounts of = counts.get();
    return new ClassWeights(
        IntStream.range(0, of.ofClass().size()).mapToObj(c -> (float) rule.weight(of, c)).toList());
  }

  /**
   * Has all classes count alike, however often they occur: of n samples, n<sub>c</sub> of class c,
   * and K classes that occur, the weight is {@code n / (K n[c])}; 0 for a class that does not occur
   * (King and Zeng 2001; scikit-learn's {@code balanced}).
   */
  static double alike(ClassCounts counts, int label) {
    long present = counts.ofClass().stream().filter(count -> count > 0).count();
    long own = counts.ofClass().get(label);
    return own == 0 ? 0 : (double) counts.samples() / ((double) present * own);
  }

  /**
   * Has the samples of a class count as much as all others together: {@code (n - n[c]) / n[c]}; 1
   * for a class that does not occur, or that all samples are of.
   */
  static double oddsAgainst(ClassCounts counts, int label) {
    long own = counts.ofClass().get(label);
    long others = counts.samples() - own;
    return own == 0 || others == 0 ? 1 : (double) others / own;
  }

  /**
   * As an array, for what computes.
   *
   * @param weights known ones; null for none
   */
  static float[] array(ClassWeights weights, int classes) {
    float[] array = new float[classes];
    for (int c = 0; c < classes; c++) {
      array[c] = weights == null ? 1 : weights.values.get(c);
    }
    return array;
  }
}
