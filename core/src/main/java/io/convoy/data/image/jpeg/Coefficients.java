package io.convoy.data.image.jpeg;

import io.convoy.kernel.JpegKernels;
import java.util.Arrays;

/**
 * All coefficients of one component, for an image that comes in several scans: block after block,
 * in rows that are as long as interleaved scans make them; 64 numbers a block, row by row.
 */
final class Coefficients {
  private final int blockColumns;
  private final short[] values;

  /** Bits below the ones that are known; -1 for a coefficient that no scan has brought. */
  private final int[] unknownBits = new int[Zigzag.BLOCK];

  /** Its quantisation table, as it was at the component's first scan; null before that. */
  int[] quantization;

  Coefficients(Frame frame, Component component) {
    blockColumns = frame.unitColumns() * component.h();
    int blocks = Math.multiplyExact(blockColumns, frame.unitRows() * component.v());
    values = new short[Math.multiplyExact(blocks, Zigzag.BLOCK)];
    Arrays.fill(unknownBits, -1);
  }

  short[] values() {
    return values;
  }

  /** Where a block begins. */
  int at(int blockRow, int blockColumn) {
    return (blockRow * blockColumns + blockColumn) * Zigzag.BLOCK;
  }

  /**
   * Makes a group of neighbouring blocks, for {@link JpegKernels#inverseDct}.
   *
   * @param count blocks, up to a group; the rest of the group is zero
   */
  void dequantize(int blockRow, int blockColumn, int count, int[] group) {
    Arrays.fill(group, 0);
    for (int place = 0; place < Zigzag.BLOCK; place++) {
      int natural = Zigzag.NATURAL[place];
      int factor = quantization[place];
      int from = at(blockRow, blockColumn) + natural;
      for (int block = 0; block < count; block++) {
        group[natural * JpegKernels.GROUP + JpegKernels.place(block)] =
            values[from + block * Zigzag.BLOCK] * factor;
      }
    }
  }

  /** Checks that a scan goes on where the last ones ended, and takes note of it. */
  void bring(Scan scan) {
    for (int place = scan.first(); place <= scan.last(); place++) {
      boolean fits = scan.high() == Math.max(0, unknownBits[place]);
      if (!fits || (scan.high() == 0 && unknownBits[place] >= 0)) {
        throw JpegDamage.damaged(
            "a scan brings bits of coefficient %s that do not follow on those before", place);
      }
      unknownBits[place] = scan.low();
    }
  }

  /** Bits below those of a coefficient that are known; -1 where no scan has brought it. */
  int unknownBits(int place) {
    return unknownBits[place];
  }

  /** Whether all bits of all coefficients are there. */
  boolean isComplete() {
    return Arrays.stream(unknownBits).allMatch(bits -> bits == 0);
  }
}
