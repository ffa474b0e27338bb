package io.convoy.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void outliersDoNotMoveTheMedian() {
    Spread spread = Spread.of(new double[] {5, 1, 2, 1000, 3, 4, 6});
    assertEquals(4, spread.median());
    assertEquals(2, spread.lowerQuartile());
    assertEquals(6, spread.upperQuartile());
    assertEquals(7, spread.count());
    assertEquals(100, spread.percent());
  }

  @Test
  void oneValueHasNoSpread() {
    assertEquals(new Spread(3, 3, 3, 1), Spread.of(new double[] {3}));
  }

  @Test
  void nothingHasNoSpread() {
    assertThrows(IllegalArgumentException.class, () -> Spread.of(new double[0]));
  }
}
