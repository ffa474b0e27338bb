package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.convoy.plan.RegionLayout.Life;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionLayoutTest {
  private static void check(long[] expected, int slabLength, Life... lives) {
    assertArrayEquals(expected, RegionLayout.offsets(List.of(lives), slabLength));
  }

  @Test
  void whatLivesApartShares() {
    check(new long[] {0, 0}, 1000, new Life(0, 3, 64), new Life(4, 9, 32));
  }

  @Test
  void whatMeetsAtOneTimeLiesApart() {
    check(new long[] {0, 64}, 1000, new Life(0, 4, 64), new Life(4, 9, 32));
  }

  @Test
  void theLargestAndLongestComesFirst() {
    check(new long[] {64, 0}, 1000, new Life(0, 4, 32), new Life(4, 9, 64));
    check(new long[] {32, 0}, 1000, new Life(4, 5, 64), new Life(0, 9, 32));
  }

  /** When the two that die early are dead, they leave gaps of 96 and 48. */
  @Test
  void theTightestGapIsTaken() {
    check(
        new long[] {0, 384, 256, 480, 560, 608, 560},
        1000,
        new Life(0, 99, 256),
        new Life(0, 89, 96),
        new Life(0, 99, 128),
        new Life(0, 99, 80),
        new Life(0, 89, 48),
        new Life(0, 99, 40),
        new Life(95, 99, 32));
  }

  @Test
  void nothingLiesAcrossTheEndOfASlab() {
    check(
        new long[] {0, 128, 96, 224},
        128,
        new Life(0, 1, 96),
        new Life(0, 1, 96),
        new Life(0, 1, 32),
        new Life(0, 1, 16));
  }
}
