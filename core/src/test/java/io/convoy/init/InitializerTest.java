package io.convoy.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializerTest {
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
    "HE_NORMAL, 27, 10, 0.0740740741, 0",
    "HE_UNIFORM, 27, 10, 0.0740740741, -1.2",
    "XAVIER_NORMAL, 27, 13, 0.05, 0",
    "XAVIER_UNIFORM, 27, 13, 0.05, -1.2",
  })
  void varianceFollowsTheFans(
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
    for (Initializer initializer : Initializer.values()) {
      float[] here = fill(initializer, 0, 13, 9, 5);
      float[] there = fill(initializer, 207, 13, 9, 5);
      assertArrayEquals(
          Arrays.copyOf(here, 13), Arrays.copyOfRange(there, 207, 220), initializer.name());
      assertEquals(-77f, there[206]);
      assertEquals(-77f, there[220]);
    }
  }

  @Test
  void constants() {
    assertArrayEquals(new float[] {0, 0, -77, -77, -77}, fill(Initializer.ZEROS, 0, 2, 1, 1));
    assertArrayEquals(new float[] {1, 1, -77, -77, -77}, fill(Initializer.ONES, 0, 2, 1, 1));
  }
}
