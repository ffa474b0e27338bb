package io.convoy.explain;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.inference.Softmax;
import java.util.OptionalInt;

/** Which class of a model is meant, and how likely it is. */
final class ClassScores {
  private final Model model;

  ClassScores(Model model) {
    this.model = model;
  }

  /**
   * The class that is asked for, else the likeliest.
   *
   * @throws ConvoyException of kind USAGE when the model has no such class
   */
  int label(OptionalInt wanted, float[] logits) {
    int label = wanted.orElseGet(() -> Softmax.likeliest(logits));
    if (label < 0 || label >= logits.length) {
      throw ConvoyException.usage(
          "%s: its %s classes have the numbers 0 to %s; got class %s",
          model.name(), logits.length, logits.length - 1, label);
    }
    return label;
  }

  double probability(int label, float[] logits) {
    return model.probabilities(new float[][] {logits})[label];
  }
}
