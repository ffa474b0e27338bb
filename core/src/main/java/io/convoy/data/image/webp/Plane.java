package io.convoy.data.image.webp;

/**
 * Luma or chroma of a frame: whole blocks, and a border above and to the left, which prediction
 * sees as 127 above and 129 to the left (RFC 6386, section 12.2).
 *
 * @param side of a block: 16 for luma, 8 for chroma
 * @param stride between rows
 * @param pixels row by row, with the border
 */
record Plane(int side, int stride, byte[] pixels) {
  /**
   * Room to the left of the first block, and behind the last one for what is above to its right.
   */
  private static final int BORDER = 4;

  static Plane of(int rows, int columns, int side) {
    int stride = columns * side + 2 * BORDER;
    byte[] pixels = new byte[Math.multiplyExact(rows * side + 1, stride)];
    for (int i = 0; i < stride; i++) {
      pixels[i] = 127;
    }
    for (int y = 1; y <= rows * side; y++) {
      pixels[y * stride + BORDER - 1] = (byte) 129;
    }
    return new Plane(side, stride, pixels);
  }

  /** Where a pixel stands. */
  int at(int y, int x) {
    return (y + 1) * stride + x + BORDER;
  }

  int get(int index) {
    return pixels[index] & 0xFF;
  }
}
