package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.error.ConvoyException;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSmoothingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Against the definition, the cross-entropy with the smoothed target, in double. */
  @ParameterizedTest
  @CsvSource({
    "1,1,1,0.1",
    "3,2,1,0.5",
    "7,10,5,0.1",
    "13,17,30,0.9",
    "5,207,3,0.2",
    "2,4098,10,0.1",
    "3,10,1000,0.1"
  })
  void lossAndGradientAreTheDefinition(int samples, int classes, float size, float smoothing) {
    Tensor logits = Tensor.of(samples + 1, Shape.of(classes));
    Tensor gradient = Tensor.of(samples + 1, Shape.of(classes));
    float[] z = Numbers.array(1, samples * classes);
    for (int i = 0; i < z.length; i++) {
      z[i] *= size;
    }
    GradientCheck.fill(logits, samples, z);
    int[] labels = new int[samples];
    for (int n = 0; n < samples; n++) {
      labels[n] = (int) Long.remainderUnsigned(Numbers.bits(2, n), classes);
    }
    Criterion criterion = new SoftmaxCrossEntropy(smoothing).criterion(Shape.of(classes));
    criterion.compute(logits, 0, samples, Targets.labels(labels), gradient);
    double loss = 0;
    for (int n = 0; n < samples; n++) {
      double[] logSoftmax = logSoftmax(z, n * classes, classes);
      for (int c = 0; c < classes; c++) {
        double target = (c == labels[n] ? 1.0 - smoothing : 0) + (double) smoothing / classes;
        loss -= target * logSoftmax[c];
        double p = StrictMath.exp(logSoftmax[c]);
        double bound = 0x1p-24 * (p * (Math.abs(logSoftmax[c]) + classes / 16.0 + 12) + 3);
        assertEquals(p - target, gradient.data()[gradient.at(n, 0, 0) + c], bound, n + ", " + c);
      }
    }
    double sizes = samples * (StrictMath.log(classes) + 1 + 2 * size);
    assertEquals(loss, criterion.loss(), 0x1p-24 * (classes / 16.0 + 16) * sizes);
  }

  private static double[] logSoftmax(float[] z, int start, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      largest = Math.max(largest, z[start + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(z[start + c] - largest);
    }
    double[] result = new double[classes];
    for (int c = 0; c < classes; c++) {
      result[c] = z[start + c] - largest - StrictMath.log(sum);
    }
    return result;
  }

  @Test
  void theGradientIsThatOfCentralDifferences() {
    Tensor logits = Tensor.of(5, Shape.of(13));
    Tensor gradient = Tensor.of(5, Shape.of(13));
    GradientCheck.fill(logits, 5, Numbers.array(3, 65));
    int[] labels = {0, 12, 5, 5, 1};
    Criterion criterion = new SoftmaxCrossEntropy(0.3f).criterion(Shape.of(13));
    criterion.compute(logits, 0, 5, Targets.labels(labels), gradient);
    GradientCheck check =
        new GradientCheck(
            () -> {
              criterion.compute(logits, 0, 5, Targets.labels(labels), null);
              return criterion.loss();
            });
    check.check("logits", logits, gradient, 5);
  }

  /** By hand: K = 4, s = 0.4, equal logits. Targets 0.7 and 0.1; loss log 4. */
  @Test
  void equalLogits() {
    Tensor logits = Tensor.of(1, Shape.of(4));
    Tensor gradient = Tensor.of(1, Shape.of(4));
    Criterion criterion = new SoftmaxCrossEntropy(0.4f).criterion(Shape.of(4));
    criterion.compute(logits, 0, 1, Targets.labels(2), gradient);
    assertEquals(1.3862943611, criterion.loss(), 2e-7);
    double[] expected = {0.15, 0.15, -0.45, 0.15};
    for (int c = 0; c < 4; c++) {
      assertEquals(expected[c], gradient.data()[gradient.at(0, 0, 0) + c], 1e-7);
    }
  }

  /** A logit that is no number must show in the loss, wherever it stands. */
  @Test
  void aLogitThatIsNoNumberShows() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int place = 0; place < 3; place++) {
        Tensor logits = Tensor.of(1, Shape.of(3));
        float[] z = {1, 2, 3};
        z[place] = bad;
        GradientCheck.fill(logits, 1, z);
        Criterion criterion = new SoftmaxCrossEntropy(0.1f).criterion(Shape.of(3));
        criterion.compute(logits, 0, 1, Targets.labels(1), null);
        assertFalse(Double.isFinite(criterion.loss()), bad + " at " + place);
      }
    }
  }

  @Test
  void theRangeIsChecked() {
    for (float smoothing : new float[] {-0.1f, 1f, Float.NaN, Float.POSITIVE_INFINITY}) {
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> new SoftmaxCrossEntropy(smoothing));
      assertEquals(
          "softmaxCrossEntropy: labelSmoothing must lie in [0, 1); got " + smoothing,
          error.getMessage());
    }
  }

  @Test
  void jsonRoundTrip() throws Exception {
    for (String text :
        new String[] {
          "{\"type\":\"softmaxCrossEntropy\",\"labelSmoothing\":0.0}",
          "{\"type\":\"softmaxCrossEntropy\",\"labelSmoothing\":0.1}"
        }) {
      Loss loss = JSON.readValue(text, Loss.class);
      assertEquals(text, JSON.writeValueAsString(loss));
    }
    assertEquals(
        SoftmaxCrossEntropy.PLAIN,
        JSON.readValue("{\"type\":\"softmaxCrossEntropy\"}", Loss.class));
  }
}
