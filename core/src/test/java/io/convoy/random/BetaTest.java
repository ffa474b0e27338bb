package io.convoy.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BetaTest {
  private static double[] drawn(double alpha, int count) {
    RandomStream stream = new RandomStream(11, Purpose.MIXING);
    double[] all = new double[count];
    for (int i = 0; i < count; i++) {
      stream.at(0, i);
      all[i] = Beta.draw(stream, alpha, 1);
    }
    return all;
  }

  @Test
  void numbersAreOfTheDistribution() {
    for (double alpha : new double[] {0.2, 0.5, 1, 1.7, 20}) {
      double[] all = drawn(alpha, 5000);
      double p =
          new KolmogorovSmirnovTest()
              .kolmogorovSmirnovTest(new BetaDistribution(alpha, alpha), all, false);
      assertTrue(p > 0.01, "alpha " + alpha + ": p " + p);
    }
  }

  @Test
  void extremeAlphasGiveNumbers() {
    for (double alpha : new double[] {1e-6, 1e-3, 100}) {
      double[] all = drawn(alpha, 2000);
      assertTrue(Arrays.stream(all).allMatch(x -> x >= 0 && x <= 1));
      assertEquals(0.5, Arrays.stream(all).average().getAsDouble(), 0.05);
    }
  }

  /** Golden: shares are part of the numerics contract. */
  @Test
  @Tag("golden")
  void theNumbersAreFixed() {
    assertEquals(
        "0x1.ff8f7d5bc6087p-1 0x1.2954520096fc8p-10 0x1.05cbeaac70058p-20; "
            + "0x1.a7c96178aacb7p-5 0x1.df15d14ce28cdp-5 0x1.dbfa089c75aa2p-4",
        text(drawn(0.2, 3)) + "; " + text(drawn(1, 3)));
  }

  private static String text(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Double::toHexString).collect(Collectors.joining(" "));
  }
}
