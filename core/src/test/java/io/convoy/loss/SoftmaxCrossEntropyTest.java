package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftmaxCrossEntropyTest {
  /** samples, classes, size of the logits. */
  @ParameterizedTest
  @CsvSource({"1,1,1", "3,2,1", "7,10,5", "13,17,30", "5,207,3", "2,4098,10", "3,10,1000"})
  void lossAndGradientAreTheFormula(int samples, int classes, float size) {
    Tensor logits = Tensor.of(samples + 1, Shape.of(classes));
    Tensor gradient = Tensor.of(samples + 1, Shape.of(classes));
    int[] labels = new int[samples];
    float[] z = Numbers.array(1, samples * classes);
    double loss = 0;
    double sizes = 0;
    int correct = 0;
    for (int i = 0; i < z.length; i++) {
      z[i] *= size;
    }
    GradientCheck.fill(logits, samples, z);
    for (int n = 0; n < samples; n++) {
      labels[n] = (int) Long.remainderUnsigned(Numbers.bits(2, n), classes);
    }
    Criterion criterion = SoftmaxCrossEntropy.PLAIN.criterion(Shape.of(classes));
    criterion.compute(logits, 0, samples, Targets.labels(labels), gradient);
    for (int n = 0; n < samples; n++) {
      double largest = Double.NEGATIVE_INFINITY;
      int best = 0;
      for (int c = 0; c < classes; c++) {
        if (z[n * classes + c] > largest) {
          largest = z[n * classes + c];
          best = c;
        }
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(z[n * classes + c] - largest);
      }
      loss += Math.log(sum) + largest - z[n * classes + labels[n]];
      sizes += Math.log(sum) + 1 + Math.abs(largest) + Math.abs(z[n * classes + labels[n]]);
      correct += best == labels[n] ? 1 : 0;
      for (int c = 0; c < classes; c++) {
        double difference = z[n * classes + c] - largest;
        double p = Math.exp(difference) / sum;
        double expected = p - (c == labels[n] ? 1 : 0);
        // rounding of the difference, exp, the sum of 16 lanes, the division
        double bound = 0x1p-24 * (p * (Math.abs(difference) + classes / 16.0 + 12) + 2);
        assertEquals(expected, gradient.data()[gradient.at(n, 0, 0) + c], bound, n + ", " + c);
      }
    }
    assertEquals(loss, criterion.loss(), 0x1p-24 * (classes / 16.0 + 12) * sizes);
    assertEquals(correct, (int) criterion.figure(0));
  }

  @Test
  void theGradientIsThatOfCentralDifferences() {
    Tensor logits = Tensor.of(5, Shape.of(13));
    Tensor gradient = Tensor.of(5, Shape.of(13));
    GradientCheck.fill(logits, 5, Numbers.array(3, 65));
    int[] labels = {0, 12, 5, 5, 1};
    Criterion criterion = SoftmaxCrossEntropy.PLAIN.criterion(Shape.of(13));
    criterion.compute(logits, 0, 5, Targets.labels(labels), gradient);
    GradientCheck check =
        new GradientCheck(
            () -> {
              criterion.compute(logits, 0, 5, Targets.labels(labels), null);
              return criterion.loss();
            });
    check.check("logits", logits, gradient, 5);
  }

  @Test
  void oneSureAndWrongIsNoInfinity() {
    Tensor logits = Tensor.of(1, Shape.of(3));
    GradientCheck.fill(logits, 1, new float[] {1e30f, -1e30f, 0});
    Criterion criterion = SoftmaxCrossEntropy.PLAIN.criterion(Shape.of(3));
    criterion.compute(logits, 0, 1, Targets.labels(1), null);
    assertEquals(2e30, criterion.loss(), 1e24);
    assertEquals(0, (int) criterion.figure(0));
  }

  /** A logit that is no number must show in the loss, wherever it stands, and is never correct. */
  @Test
  void aLogitThatIsNoNumberShows() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      for (int place = 0; place < 3; place++) {
        for (int label = 0; label < 3; label++) {
          Tensor logits = Tensor.of(1, Shape.of(3));
          float[] z = {1, 2, 3};
          z[place] = bad;
          GradientCheck.fill(logits, 1, z);
          Criterion criterion = SoftmaxCrossEntropy.PLAIN.criterion(Shape.of(3));
          criterion.compute(logits, 0, 1, Targets.labels(label), null);
          assertFalse(
              Double.isFinite(criterion.loss()), "%s at %s, label %s".formatted(bad, place, label));
          assertEquals(0, (int) criterion.figure(0), "%s at %s".formatted(bad, place));
        }
      }
    }
  }
}
