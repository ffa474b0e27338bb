package io.convoy.operation.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientSplitTest {
  private static final GradientSplit.Limits LIMITS = new GradientSplit.Limits(512, 8, 128 << 10);

  private static GradientSplit of(int rows, int panels, long terms, int parts, int threads) {
    return GradientSplit.of(
        new GradientSplit.Shape(1, rows, panels, 64),
        LIMITS,
        new GradientSplit.Terms(terms, 1, parts),
        threads);
  }

  @Test
  void oneThreadCutsNothingThatFits() {
    assertEquals(new GradientSplit(1, 1, true), of(128, 4, 1568, 13, 1));
  }

  /** 256 to 128 channels over 1568 pixels: 13 sums of 128 KB would be written and read again. */
  @ParameterizedTest
  @CsvSource({"2", "4"})
  void manyWeightsAndFewTermsMakeABlockForEachThread(int threads) {
    GradientSplit split = of(128, 4, 1568, 13, threads);
    assertTrue(split.whole(), split::toString);
    assertEquals(0, split.slices() * split.panelGroups() % threads, split::toString);
  }

  @Test
  void ofFewWeightsAndManyTermsThreadsSharePieces() {
    assertFalse(of(64, 1, 25088, 16, 2).whole());
    assertFalse(of(16, 1, 131072, 16, 3).whole());
  }

  /** Where there is but one part, threads have nothing to share out beside blocks. */
  @Test
  void withoutPartsItIsBlocks() {
    GradientSplit split = of(64, 2, 128, 1, 2);
    assertEquals(2, split.slices() * split.panelGroups(), split::toString);
  }

  @ParameterizedTest
  @CsvSource({"2048, 32, 1", "2048, 32, 2", "1000, 9, 3", "512, 3, 2", "24, 100, 8"})
  void blocksStayWithinTheLimits(int rows, int panels, int threads) {
    GradientSplit split = of(rows, panels, 392, 4, threads);
    int most = (rows + split.slices() - 1) / split.slices();
    int width = (panels + split.panelGroups() - 1) / split.panelGroups();
    assertTrue(most <= LIMITS.rows() && width <= LIMITS.panels(), split::toString);
    assertTrue(width == 1 || most * width * 64 <= LIMITS.sums(), split::toString);
  }
}
