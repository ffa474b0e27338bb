package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.LabelMix;
import io.convoy.targets.LabelMix.Part;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cross-entropy of mixed labels. */
class LabelMixTest {
  private static final int CLASSES = 13;

  private static final Target[] MIXES = {
    new LabelMix(List.of(new Part(4, 0.7f), new Part(12, 0.3f))),
    new LabelMix(List.of(new Part(0, 1))),
    new LabelMix(List.of(new Part(3, 1), new Part(7, 1), new Part(5, 0.5f))), // adds up to 2.5
  };

  /** Against the definition: the sum of what each label alone gives, times its weight. */
  @ParameterizedTest
  @ValueSource(floats = {0f, 0.1f})
  void lossAndGradientAreTheWeightedSums(float smoothing) {
    Criterion criterion = new SoftmaxCrossEntropy(smoothing).criterion(Shape.of(CLASSES));
    Tensor logits = logits();
    Tensor gradient = Tensor.of(3, Shape.of(CLASSES));
    criterion.compute(logits, 0, 3, MIXES, gradient);
    double loss = criterion.loss();
    Criterion alone = new SoftmaxCrossEntropy(smoothing).criterion(Shape.of(CLASSES));
    double expected = 0;
    double[][] expectedGradient = new double[3][CLASSES];
    for (int n = 0; n < 3; n++) {
      for (Part part : ((LabelMix) MIXES[n]).parts()) {
        Tensor one = Tensor.of(3, Shape.of(CLASSES));
        Target[] label = Targets.labels(part.label(), part.label(), part.label());
        alone.compute(logits, n, n + 1, label, one);
        expected += part.weight() * alone.loss();
        for (int c = 0; c < CLASSES; c++) {
          expectedGradient[n][c] += part.weight() * one.data()[one.at(n, 0, 0) + c];
        }
      }
    }
    assertEquals(expected, loss, 1e-5);
    for (int n = 0; n < 3; n++) {
      for (int c = 0; c < CLASSES; c++) {
        assertEquals(expectedGradient[n][c], gradient.data()[gradient.at(n, 0, 0) + c], 2e-6);
      }
    }
  }

  @Test
  void theGradientIsThatOfCentralDifferences() {
    Criterion criterion = new SoftmaxCrossEntropy(0.2f).criterion(Shape.of(CLASSES));
    Tensor logits = logits();
    Tensor gradient = Tensor.of(3, Shape.of(CLASSES));
    criterion.compute(logits, 0, 3, MIXES, gradient);
    GradientCheck check =
        new GradientCheck(
            () -> {
              criterion.compute(logits, 0, 3, MIXES, null);
              return criterion.loss();
            });
    check.check("logits", logits, gradient, 3);
  }

  /** The heaviest part is the class that the sample is of; without smoothing only parts count. */
  @Test
  void theHeaviestPartIsCounted() {
    Criterion criterion = SoftmaxCrossEntropy.PLAIN.criterion(Shape.of(3));
    Tensor logits = Tensor.of(1, Shape.of(3));
    GradientCheck.fill(logits, 1, new float[] {1, 2, Float.NEGATIVE_INFINITY});
    Target mix = new LabelMix(List.of(new Part(0, 0.4f), new Part(1, 0.6f)));
    criterion.compute(logits, 0, 1, new Target[] {mix}, null);
    assertEquals(1, criterion.figure(0));
    assertTrue(Double.isFinite(criterion.loss()));
  }

  @Test
  void numbersAreNoLabels() {
    Criterion criterion = SoftmaxCrossEntropy.PLAIN.criterion(Shape.of(CLASSES));
    Target[] targets = {MIXES[0], new DenseTarget(Shape.of(2), new float[2]), MIXES[1]};
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> criterion.compute(logits(), 0, 3, targets, null));
    assertEquals(
        "softmaxCrossEntropy takes labels; sample 1 of the shard has a target dense 2",
        error.getMessage());
  }

  @Test
  void aMixChecksItself() {
    assertThrows(IllegalArgumentException.class, () -> new LabelMix(List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LabelMix(List.of(new Part(1, 0.5f), new Part(1, 0.5f))));
    assertEquals(List.of(), LabelMix.ofLabels().parts()); // of none, where labels are several
    assertThrows(IllegalArgumentException.class, () -> LabelMix.ofLabels(1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Part(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Part(0, Float.NaN));
  }

  private static Tensor logits() {
    Tensor logits = Tensor.of(3, Shape.of(CLASSES));
    GradientCheck.fill(logits, 3, Numbers.array(3, 3 * CLASSES));
    return logits;
  }
}
