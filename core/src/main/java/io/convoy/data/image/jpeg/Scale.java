package io.convoy.data.image.jpeg;

/** How much smaller than stored an image is decoded: for that, fewer numbers are computed. */
public enum Scale {
  FULL(8),
  HALF(4),
  QUARTER(2),
  EIGHTH(1);

  private final int blockSize;

  Scale(int blockSize) {
    this.blockSize = blockSize;
  }

  /** The scale that divides extents by 1, 2, 4 or 8. */
  public static Scale ofDivisor(int divisor) {
    return switch (divisor) {
      case 1 -> FULL;
      case 2 -> HALF;
      case 4 -> QUARTER;
      case 8 -> EIGHTH;
      default -> throw new IllegalArgumentException("no scale divides by " + divisor);
    };
  }

  /** Samples that a block of 8 has in each direction. */
  int blockSize() {
    return blockSize;
  }

  /** An extent in pixels at this scale, rounded up. */
  public int of(int extent) {
    return Frame.ceil((long) extent * blockSize, 8);
  }
}
