package io.convoy.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SigmoidTest {
  @Test
  void probabilitiesAreThoseOfTheDefinition() {
    for (float logit = -40; logit < 40; logit += 0.37f) {
      double found = Sigmoid.probabilities(new float[] {1, logit})[1];
      double expected = 1 / (1 + Math.exp(-(double) logit));
      assertEquals(expected, found, 1e-15 * expected, "logit " + logit);
      assertEquals(logit > 0, found > 0.5);
    }
    assertArrayEquals(
        new double[] {0, 0.5, 1},
        Sigmoid.probabilities(new float[] {-Float.MAX_VALUE, -0f, Float.MAX_VALUE}));
  }

  @Test
  void aNetworkThatFailsSaysNothing() {
    for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      double[] found = Sigmoid.probabilities(new float[] {1, none, 2});
      assertTrue(Arrays.stream(found).allMatch(Double::isNaN), Arrays.toString(found));
    }
  }

  @Test
  void labelsAreWhatIsLikelierThanNot() {
    List<String> classes = List.of("a", "b", "c", "d", "e");
    double[] probabilities = {0.6, 0.5, 0.9, 0.6, 0.1};
    assertEquals(List.of("c", "a", "d"), ClassProbability.labels(probabilities, classes));
    assertEquals(List.of(), ClassProbability.labels(new double[5], classes));
  }
}
