package io.convoy.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/** The draws are fixed, so a statistical test either always passes or never does. */
class RandomStreamTest {
  private static final double SURE = 1e-3;

  private static RandomStream stream() {
    return new RandomStream(42, Purpose.SYNTHETIC_DATA);
  }

  @Test
  void aPositionGivesTheSameNumberInAnyOrder() {
    RandomStream forward = stream();
    RandomStream backward = stream();
    int[] expected = IntStream.range(0, 1001).map(forward::bits).toArray();
    for (int position = 1000; position >= 0; position--) {
      assertEquals(expected[position], backward.bits(position));
    }
    backward.at(3, 5);
    backward.bits(17);
    backward.at(0, 0);
    assertEquals(expected[17], backward.bits(17));
  }

  @Test
  void resetForgetsEpochAndSample() {
    RandomStream used = new RandomStream(7, Purpose.DROPOUT, 2);
    used.at(9, 1L << 40);
    used.bits(0);
    used.reset(42, Purpose.SYNTHETIC_DATA, 0);
    assertEquals(stream().bits(0), used.bits(0));
  }

  @Test
  void seedPurposeLayerEpochAndSampleAllMatter() {
    Set<Integer> firsts = new HashSet<>();
    int count = 0;
    for (long seed : new long[] {0, 1, 42, -1, 1L << 32, 1L << 63}) {
      for (Purpose purpose : Purpose.values()) {
        for (int layer = 0; layer < 3; layer++) {
          RandomStream stream = new RandomStream(seed, purpose, layer);
          for (int epoch = 0; epoch < 3; epoch++) {
            for (long sample : new long[] {0, 1, 1L << 32}) {
              stream.at(epoch, sample);
              firsts.add(stream.bits(0));
              count++;
            }
          }
        }
      }
    }
    // among 1134 draws of 2^32 a single collision has probability 1/6700
    assertEquals(count, firsts.size());
  }

  @Test
  void theCodesOfPurposesAreFixed() {
    int[] codes = Arrays.stream(Purpose.values()).mapToInt(Purpose::code).toArray();
    assertEquals("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", Arrays.toString(codes));
    assertEquals(
        "[INITIALISATION, SHUFFLE_GROUPS, SHUFFLE_WINDOW, AUGMENTATION, DROPOUT, SYNTHETIC_DATA,"
            + " SPLIT, PIXEL_NOISE, MIXING, FRAMING, SEARCH, EXPLANATION]",
        Arrays.toString(Purpose.values()));
  }

  @Test
  void wholeNumbersAreUniform() {
    for (int bound : new int[] {2, 7, 100}) {
      long[] counts = new long[bound];
      RandomStream stream = stream();
      for (int i = 0; i < 100_000; i++) {
        counts[stream.below(bound, i)]++;
      }
      double[] expected = new double[bound];
      Arrays.fill(expected, 100_000.0 / bound);
      assertTrue(new ChiSquareTest().chiSquareTest(expected, counts) > SURE, "below " + bound);
    }
    assertEquals(0, stream().below(1, 5));
    assertTrue(stream().below(Integer.MAX_VALUE, 5) >= 0);
  }

  /** One draw each of many samples is as uniform as many draws of one. */
  @Test
  void neighbouringSamplesAreUniformToo() {
    long[] counts = new long[64];
    RandomStream stream = stream();
    for (int sample = 0; sample < 64_000; sample++) {
      stream.at(0, sample);
      counts[stream.below(8, 0) * 8 + stream.below(8, 1)]++;
    }
    double[] expected = new double[64];
    Arrays.fill(expected, 1000);
    assertTrue(new ChiSquareTest().chiSquareTest(expected, counts) > SURE);
  }

  @Test
  void uniformLiesInZeroToOne() {
    RandomStream stream = stream();
    DescriptiveStatistics statistics = new DescriptiveStatistics();
    for (int i = 0; i < 100_000; i++) {
      float u = stream.uniform(i);
      assertTrue(u >= 0 && u < 1);
      assertEquals(0, u * 0x1p24 % 1);
      statistics.addValue(u);
    }
    assertEquals(0.5, statistics.getMean(), 5 * Math.sqrt(1.0 / 12 / 100_000));
    assertEquals(1.0 / 12, statistics.getVariance(), 0.001);
  }

  @Test
  void gaussianIsNormal() {
    RandomStream stream = stream();
    int n = 100_000;
    double[] draws = IntStream.range(0, n).mapToDouble(stream::gaussian).toArray();
    DescriptiveStatistics statistics = new DescriptiveStatistics(draws);
    // five standard errors each
    assertEquals(0, statistics.getMean(), 5 / Math.sqrt(n));
    assertEquals(1, statistics.getVariance(), 5 * Math.sqrt(2.0 / n));
    assertEquals(0, statistics.getSkewness(), 5 * Math.sqrt(6.0 / n));
    assertEquals(0, statistics.getKurtosis(), 5 * Math.sqrt(24.0 / n));
    assertTrue(
        new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new NormalDistribution(), draws) > SURE);
  }

  @Test
  void permutationsHoldEachNumberOnceAndDiffer() {
    for (int n : new int[] {0, 1, 2, 13, 4098}) {
      int[] sorted = stream().permutation(n);
      Arrays.sort(sorted);
      assertEquals(
          Arrays.toString(IntStream.range(0, n).toArray()), Arrays.toString(sorted), "n " + n);
    }
    RandomStream other = stream();
    other.at(1, 0);
    assertNotEquals(
        Arrays.toString(stream().permutation(50)), Arrays.toString(other.permutation(50)));
  }

  /** Each of the 24 orders of four things comes as often as any other. */
  @Test
  void permutationsAreUniform() {
    long[] counts = new long[256];
    RandomStream stream = stream();
    for (int sample = 0; sample < 24_000; sample++) {
      stream.at(0, sample);
      int[] order = stream.permutation(4);
      counts[order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3]]++;
    }
    long[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertEquals(24, seen.length);
    double[] expected = new double[24];
    Arrays.fill(expected, 1000);
    assertTrue(new ChiSquareTest().chiSquareTest(expected, seen) > SURE);
  }
}
