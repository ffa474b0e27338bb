package io.convoy.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.error.ConvoyException;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitializerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LENGTH = 100_000;

  private static float[] fill(Initializer initializer, int offset, int length, long in, long out) {
    float[] values = new float[offset + length + 3];
    Arrays.fill(values, -77f);
    initializer.fill(
        values, offset, length, in, out, new RandomStream(3, Purpose.INITIALISATION, 1));
    return values;
  }

  /** The excess kurtosis tells a normal (0) from a uniform distribution (-1.2). */
  @ParameterizedTest
  @CsvSource({
    "heNormal, 27, 10, 0.0740740741, 0",
    "heNormalFanOut, 10, 27, 0.0740740741, 0",
    "heUniform, 27, 10, 0.0740740741, -1.2",
    "xavierNormal, 27, 13, 0.05, 0",
    "xavierUniform, 27, 13, 0.05, -1.2",
  })
  void varianceFollowsTheFans(
      String name, long fanIn, long fanOut, double variance, double kurtosis) {
    Initializer initializer = Initializer.parse(TextNode.valueOf(name));
    checkDistribution(initializer, fanIn, fanOut, variance, kurtosis);
  }

  @Test
  void aGivenDeviationHeedsNoFans() {
    checkDistribution(new Normal(0.01), 27, 10, 1e-4, 0);
    checkDistribution(new Normal(0.01), 5, 1000, 1e-4, 0);
  }

  private static void checkDistribution(
      Initializer initializer, long fanIn, long fanOut, double variance, double kurtosis) {
    DescriptiveStatistics statistics = new DescriptiveStatistics();
    float[] values = fill(initializer, 5, LENGTH, fanIn, fanOut);
    double bound = Math.sqrt(3 * variance);
    for (int i = 5; i < 5 + LENGTH; i++) {
      statistics.addValue(values[i]);
      assertTrue(kurtosis == 0 || Math.abs(values[i]) <= bound * (1 + 1e-6));
    }
    assertEquals(0, statistics.getMean(), 5 * Math.sqrt(variance / LENGTH));
    assertEquals(variance, statistics.getVariance(), 5 * variance * Math.sqrt(2.0 / LENGTH));
    assertEquals(kurtosis, statistics.getKurtosis(), 5 * Math.sqrt(24.0 / LENGTH));
  }

  @Test
  void onlyTheSliceIsFilledAndItsPlaceDoesNotMatter() {
    List<Initializer> all = new ArrayList<>(List.of(NamedInitializer.values()));
    all.add(new Normal(0.5));
    for (Initializer initializer : all) {
      float[] here = fill(initializer, 0, 13, 9, 5);
      float[] there = fill(initializer, 207, 13, 9, 5);
      assertArrayEquals(
          Arrays.copyOf(here, 13), Arrays.copyOfRange(there, 207, 220), initializer.toString());
      assertEquals(-77f, there[206]);
      assertEquals(-77f, there[220]);
    }
  }

  @Test
  void constants() {
    assertArrayEquals(new float[] {0, 0, -77, -77, -77}, fill(Initializer.ZEROS, 0, 2, 1, 1));
    assertArrayEquals(new float[] {1, 1, -77, -77, -77}, fill(Initializer.ONES, 0, 2, 1, 1));
  }

  @Test
  void jsonRoundTrip() throws Exception {
    List<Initializer> all = new ArrayList<>(List.of(NamedInitializer.values()));
    all.add(new Normal(0.01));
    for (Initializer initializer : all) {
      String text = JSON.writeValueAsString(initializer);
      assertEquals(initializer, JSON.readValue(text, Initializer.class));
    }
    assertEquals("\"heNormal\"", JSON.writeValueAsString(Initializer.HE_NORMAL));
    assertEquals(
        JSON.readTree("{\"type\":\"normal\",\"deviation\":0.01}"),
        JSON.valueToTree(new Normal(0.01)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"he\"",
        "7",
        "{}",
        "{\"type\":\"normal\"}",
        "{\"type\":\"uniform\",\"deviation\":0.01}",
        "{\"type\":\"normal\",\"deviation\":\"0.01\"}",
        "{\"type\":\"normal\",\"deviation\":0.01,\"mean\":1}"
      })
  void whatIsNoneIsToldThoseThatThereAre(String json) throws Exception {
    JsonNode node = JSON.readTree(json);
    ConvoyException error = assertThrows(ConvoyException.class, () -> Initializer.parse(node));
    assertEquals(
        "initializer must be heNormal, heNormalFanOut, heUniform, xavierNormal, xavierUniform,"
            + " zeros, ones or {type: normal, deviation: 0.01}; got "
            + node,
        error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.01, Double.NaN, Double.POSITIVE_INFINITY})
  void aDeviationIsAboveZero(double deviation) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> new Normal(deviation));
    assertEquals("normal: deviation must be above 0; got " + deviation, error.getMessage());
  }
}
