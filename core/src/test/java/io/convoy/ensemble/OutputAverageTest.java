package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Softmax;
import io.convoy.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OutputAverageTest {
  @Test
  void ofOneMemberItIsThatMemberBitForBit() {
    for (float[] logits : logits(50, 7)) {
      double[] alone = Softmax.probabilities(logits);
      assertArrayEquals(alone, OutputAverage.equal(1).probabilities(new float[][] {logits}));
      float[][] four = {logits, logits, logits, logits};
      assertArrayEquals(alone, OutputAverage.equal(4).probabilities(four));
      assertArrayEquals(
          alone,
          OutputAverage.weighted(List.of(0.0, 1.0)).probabilities(new float[][] {null, logits}));
    }
  }

  @Test
  void itIsTheWeightedMeanOfTheProbabilities() {
    float[][] logits = logits(3, 5);
    List<Double> weights = List.of(0.2, 0.3, 0.5);
    List<Double> temperatures = List.of(1.0, 2.0, 0.5);
    double[] found = new OutputAverage(weights, temperatures, 1).probabilities(logits);
    for (int label = 0; label < 5; label++) {
      double expected = 0;
      for (int i = 0; i < 3; i++) {
        double sum = 0;
        for (float logit : logits[i]) {
          sum += Math.exp(logit / temperatures.get(i));
        }
        expected += weights.get(i) * Math.exp(logits[i][label] / temperatures.get(i)) / sum;
      }
      assertEquals(expected, found[label], 1e-14);
    }
    assertEquals(1, Arrays.stream(found).sum(), 1e-14);
  }

  /** The order of members is that of the sum: here, three numbers that show it. */
  @Test
  void theSumRunsInTheOrderOfMembersAndNothingElseCounts() {
    OutputAverage average = OutputAverage.weighted(List.of(0.1, 0.2, 0.7));
    for (int i = 0; i < 100; i++) {
      float[][] logits = logits(3, 4, i);
      double[] found = average.probabilities(logits);
      double[] a = Softmax.probabilities(logits[0]);
      double[] b = Softmax.probabilities(logits[1]);
      double[] c = Softmax.probabilities(logits[2]);
      for (int label = 0; label < 4; label++) {
        assertEquals((0.1 * a[label] + 0.2 * b[label]) + 0.7 * c[label], found[label]);
      }
      assertArrayEquals(found, average.probabilities(logits));
    }
  }

  @Test
  void itsOwnTemperatureIsAPowerOfTheMean() {
    float[][] logits = logits(2, 6);
    OutputAverage plain = OutputAverage.equal(2);
    double[] mean = plain.probabilities(logits);
    double[] found = plain.atTemperature(2.5).probabilities(logits);
    double sum = Arrays.stream(mean).map(share -> Math.pow(share, 1 / 2.5)).sum();
    for (int label = 0; label < 6; label++) {
      assertEquals(Math.pow(mean[label], 1 / 2.5) / sum, found[label], 1e-14);
    }
    assertArrayEquals(mean, plain.atTemperature(2.5).atTemperature(1).probabilities(logits));
    assertArrayEquals(
        new double[] {1, 0},
        plain.atTemperature(3).probabilities(new float[][] {{1000, 0}, {2000, 0}}));
  }

  /** On every machine and JDK. */
  @Test
  void theBitsAreFixed() {
    float[][] logits = {{1.5f, -0.25f, 3}, {0.1f, 2.7f, -4}, {-1, 0, 0.3f}};
    double[] found =
        new OutputAverage(List.of(0.5, 0.2, 0.3), List.of(1.25, 0.8, 1.0), 0.9)
            .probabilities(logits);
    assertEquals(
        List.of("0x1.2558b43d6118bp-3", "0x1.4d5bf408466dbp-2", "0x1.0ffbd8ec8483p-1"),
        Arrays.stream(found).mapToObj(Double::toHexString).toList());
  }

  @Test
  void itGoesThroughJson() {
    OutputAverage average = new OutputAverage(List.of(0.25, 0.75), List.of(1.5, 1.0), 1.1);
    assertEquals(
        "{\"weights\":[0.25,0.75],\"temperatures\":[1.5,1.0],\"temperature\":1.1}",
        Json.text(average));
    assertEquals(average, Json.readFile(Json.bytes(average), OutputAverage.class, "file"));
    byte[] partial = "{\"weights\":[1.0]}".getBytes(StandardCharsets.UTF_8);
    assertThrows(ConvoyException.class, () -> Json.readFile(partial, OutputAverage.class, "file"));
  }

  @Test
  void badWeightsAreRefusedInWords() {
    assertEquals(
        "weights of members must have the sum 1; got [0.5, 0.4], the sum 0.9",
        refused(List.of(0.5, 0.4)));
    assertEquals(
        "weights of members must lie in [0, 1]; got [1.5, -0.5]", refused(List.of(1.5, -0.5)));
    assertTrue(refused(List.of(Double.NaN)).contains("must lie in [0, 1]"));
    assertTrue(refused(List.of()).contains("at least one member"));
    assertThrows(ConvoyException.class, () -> OutputAverage.equal(0));
    assertThrows(ConvoyException.class, () -> OutputAverage.equal(2).atTemperature(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> OutputAverage.equal(2).probabilities(new float[][] {{1, 2}}));
    for (int members = 1; members < 200; members++) {
      assertEquals(members, OutputAverage.equal(members).passes());
    }
    assertEquals(1, OutputAverage.weighted(List.of(0.0, 1.0)).passes());
  }

  private static String refused(List<Double> weights) {
    return assertThrows(ConvoyException.class, () -> OutputAverage.weighted(weights)).getMessage();
  }

  private static float[][] logits(int members, int classes) {
    return logits(members, classes, 3);
  }

  private static float[][] logits(int members, int classes, long seed) {
    Random random = new Random(seed);
    float[][] logits = new float[members][classes];
    for (float[] row : logits) {
      for (int label = 0; label < classes; label++) {
        row[label] = (float) (3 * random.nextGaussian());
      }
    }
    return logits;
  }
}
