package io.convoy.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.error.ConvoyException;
import io.convoy.format.LittleEndianFloats;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Tag;
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
    "heUniformFanOut, 10, 27, 0.0740740741, -1.2",
    "lecunNormal, 27, 10, 0.0370370370, 0",
    "lecunUniform, 27, 10, 0.0370370370, -1.2",
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
    checkDistribution(new Uniform(0.3), 27, 10, 0.03, -1.2);
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

  /** The variance of a normal distribution that ends at two deviations is 0.7737 of the whole. */
  @Test
  void aTruncatedNormalIsNormalWithinItsBounds() {
    float[] values = fill(new TruncatedNormal(0.5), 0, LENGTH, 1, 1);
    float[] whole = fill(new Normal(0.5), 0, LENGTH, 1, 1);
    DescriptiveStatistics statistics = new DescriptiveStatistics();
    int again = 0;
    for (int i = 0; i < LENGTH; i++) {
      statistics.addValue(values[i]);
      assertTrue(Math.abs(values[i]) <= 1);
      if (Math.abs(whole[i]) > 1) {
        again++;
      } else {
        assertEquals(whole[i], values[i]);
      }
    }
    assertEquals(0, statistics.getMean(), 0.01);
    assertEquals(0.7737 * 0.25, statistics.getVariance(), 0.005);
    assertEquals(0.0455, (double) again / LENGTH, 0.003);
  }

  /** Of the fewer of rows and columns each is as long as the gain, and orthogonal to all others. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 9, 1",
    "13, 1, 2",
    "10, 27, 1.5",
    "27, 10, 1",
    "33, 33, 1",
    "64, 575, 3"
  })
  void orthogonalMatricesAre(int rows, int columns, double gain) {
    float[] values = fill(new Orthogonal(gain), 3, rows * columns, columns, 1);
    boolean byRows = rows <= columns;
    int count = Math.min(rows, columns);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b <= a; b++) {
        double product = 0;
        for (int i = 0; i < Math.max(rows, columns); i++) {
          int ofA = byRows ? a * columns + i : i * columns + a;
          int ofB = byRows ? b * columns + i : i * columns + b;
          product += (double) values[3 + ofA] * values[3 + ofB];
        }
        assertEquals(a == b ? gain * gain : 0, product, 1e-6 * gain * gain, a + " " + b);
      }
    }
  }

  /** It is the Q of the decomposition of the normal numbers, with a positive diagonal of R. */
  @Test
  void orthogonalIsTheQOfNormalNumbers() {
    float[] values = fill(new Orthogonal(1), 0, 21 * 8, 8, 1);
    RandomStream random = new RandomStream(3, Purpose.INITIALISATION, 1);
    double[][] normal = new double[21][8];
    for (int i = 0; i < 21 * 8; i++) {
      normal[i / 8][i % 8] = random.gaussian(i);
    }
    QRDecomposition reference = new QRDecomposition(new Array2DRowRealMatrix(normal));
    for (int i = 0; i < 21 * 8; i++) {
      double sign = Math.signum(reference.getR().getEntry(i % 8, i % 8));
      assertEquals(sign * reference.getQ().getEntry(i / 8, i % 8), values[i], 1e-7);
    }
  }

  /** Bits of any JDK and machine. */
  @Test
  @Tag("golden")
  void theBitsAreFixed() {
    List<Initializer> all =
        List.of(
            new TruncatedNormal(0.02), new Uniform(0.05), new Orthogonal(1), new Orthogonal(1.5));
    StringBuilder hashes = new StringBuilder();
    for (Initializer initializer : all) {
      float[] values = fill(initializer, 0, 40 * 63, 63, 40);
      hashes.append(LittleEndianFloats.sha256(values), 0, 16).append(' ');
    }
    assertEquals(
        "df369c120d6bb056 7256a6f59a48953d 9cbe06ecec8eafd2 11786fa55fa92faf",
        hashes.toString().trim());
  }

  @Test
  void onlyTheSliceIsFilledAndItsPlaceDoesNotMatter() {
    List<Initializer> all = new ArrayList<>(List.of(NamedInitializer.values()));
    all.addAll(
        List.of(
            new Normal(0.5),
            new TruncatedNormal(0.5),
            new Uniform(0.5),
            new Constant(0.5),
            new Orthogonal(0.5)));
    for (Initializer initializer : all) {
      float[] here = fill(initializer, 0, 13, 13, 5);
      float[] there = fill(initializer, 207, 13, 13, 5);
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
    assertArrayEquals(new float[] {3, -77, -77, -77}, fill(new Constant(3), 0, 1, 1, 1));
  }

  @Test
  void jsonRoundTrip() throws Exception {
    List<Initializer> all = new ArrayList<>(List.of(NamedInitializer.values()));
    all.addAll(
        List.of(
            new Normal(0.01),
            new TruncatedNormal(0.01),
            new Uniform(0.05),
            new Constant(-1.5),
            new Orthogonal(2)));
    for (Initializer initializer : all) {
      String text = JSON.writeValueAsString(initializer);
      assertEquals(initializer, JSON.readValue(text, Initializer.class));
    }
    assertEquals(new Orthogonal(1), JSON.readValue("{\"type\":\"orthogonal\"}", Initializer.class));
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
        "initializer must be heNormal, heNormalFanOut, heUniform, heUniformFanOut, xavierNormal,"
            + " xavierUniform, lecunNormal, lecunUniform, zeros, ones, {type: normal, deviation:"
            + " 0.01}, {type: truncatedNormal, deviation: 0.01}, {type: uniform, bound: 0.05},"
            + " {type: constant, value: 0.1} or {type: orthogonal, gain: 1}; got "
            + node,
        error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.01, Double.NaN, Double.POSITIVE_INFINITY})
  void aDeviationIsAboveZero(double deviation) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> new Normal(deviation));
    assertEquals("normal: deviation must be above 0; got " + deviation, error.getMessage());
    error = assertThrows(ConvoyException.class, () -> new TruncatedNormal(deviation));
    assertEquals(
        "truncatedNormal: deviation must be above 0; got " + deviation, error.getMessage());
    error = assertThrows(ConvoyException.class, () -> new Uniform(deviation));
    assertEquals("uniform: bound must be above 0; got " + deviation, error.getMessage());
    error = assertThrows(ConvoyException.class, () -> new Orthogonal(deviation));
    assertEquals("orthogonal: gain must be above 0; got " + deviation, error.getMessage());
    error = assertThrows(ConvoyException.class, () -> new Constant(Double.NaN));
    assertEquals("constant: value must be a finite float; got NaN", error.getMessage());
  }
}
