package io.convoy.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SoftmaxTest {
  @Test
  void probabilitiesAreThoseOfTheDefinition() {
    Random random = new Random(1);
    for (int classes = 1; classes < 40; classes++) {
      float[] logits = new float[classes];
      for (int label = 0; label < classes; label++) {
        logits[label] = 20 * random.nextFloat() - 10;
      }
      BigDecimal sum = BigDecimal.ZERO;
      for (float logit : logits) {
        sum = sum.add(BigDecimal.valueOf(Math.exp(logit)));
      }
      double[] found = Softmax.probabilities(logits);
      for (int label = 0; label < classes; label++) {
        double share =
            BigDecimal.valueOf(Math.exp(logits[label]))
                .divide(sum, MathContext.DECIMAL64)
                .doubleValue();
        assertEquals(share, found[label], 1e-14);
        assertEquals(-Math.log(share), Softmax.negativeLogLikelihood(logits, label), 1e-12);
      }
      assertEquals(1, Arrays.stream(found).sum(), 1e-14);
    }
  }

  @Test
  void extremeLogitsGiveNumbers() {
    float[] logits = {-3e38f, 1000, 0};
    assertArrayEquals(new double[] {0, 1, 0}, Softmax.probabilities(logits));
    assertEquals(1000, Softmax.negativeLogLikelihood(logits, 2));
    assertEquals(0, Softmax.negativeLogLikelihood(logits, 1));
    assertTrue(Double.isNaN(Softmax.probabilities(new float[] {Float.NaN, 1})[0]));
    assertThrows(IllegalArgumentException.class, () -> Softmax.probabilities(new float[0]));
  }

  @Test
  void aTemperatureDividesTheLogits() {
    float[] logits = {1.5f, -2, 0.25f, 3};
    float[] halved = {0.75f, -1, 0.125f, 1.5f};
    assertArrayEquals(Softmax.probabilities(halved), Softmax.probabilities(logits, 2));
    assertArrayEquals(Softmax.probabilities(logits), Softmax.probabilities(logits, 1));
    for (int label = 0; label < 4; label++) {
      assertEquals(
          Softmax.negativeLogLikelihood(halved, label),
          Softmax.negativeLogLikelihood(logits, label, 2));
    }
  }

  @Test
  void ofEqualLogitsTheFirstCounts() {
    assertEquals(1, Softmax.likeliest(new float[] {1, 2, 2, -1}));
    assertEquals(0, Softmax.likeliest(new float[] {7}));
  }
}
