package io.convoy.kernel;

/**
 * The passes over samples that decode a JPEG, as a contract: whole numbers throughout, so that
 * providers differ in speed, never in bits. The results are those of libjpeg-turbo's accurate
 * integer inverse DCT (jidctint.c, and jidctred.c for smaller blocks; Loeffler, Ligtenberg and
 * Moschytz 1989), of its "fancy" upsampling (jdsample.c) and of its conversion of colours
 * (jdcolor.c).
 *
 * <p>Samples are unsigned bytes. Behind each row that is read or written there are {@link
 * #SPARE_BYTES} more, which may be read and written.
 */
public interface JpegKernels {
  /** Blocks that are transformed together. */
  int GROUP = 16;

  /** Coefficients of a block. */
  int BLOCK = 64;

  /** Bytes past the end of a row that may be read and written. */
  int SPARE_BYTES = 64;

  /**
   * Where a block of a group lies among the numbers of one coefficient: blocks 0 to 7 on even
   * places, 8 to 15 on odd ones. So vectors of finished rows need no permutation.
   */
  static int place(int block) {
    return block < GROUP / 2 ? 2 * block : 2 * block - GROUP + 1;
  }

  /**
   * Transforms a group of blocks, which it uses as its scratch memory.
   *
   * @param group dequantised coefficients, that of row r and column c of block b at {@code (8 r +
   *     c) * GROUP + place(b)}
   * @param size of a block of samples: 8, or 4, 2 or 1 for an image of 1/2, 1/4 or 1/8
   * @param samples gets {@code size} rows of {@code GROUP * size} samples, block after block
   * @param start of the first row
   * @param stride from one row to the next
   */
  void inverseDct(int[] group, int size, byte[] samples, int start, int stride);

  /**
   * Doubles a row: {@code to[2 x] = (3 s[x] + s[x - 1] + 1) >> 2} and {@code to[2 x + 1] = (3 s[x]
   * + s[x + 1] + 2) >> 2} for x in [0, length).
   *
   * @param s the samples, from {@code start - 1} to {@code start + length}
   */
  void doubleColumns(byte[] s, int start, int length, byte[] to);

  /**
   * A row between two rows: {@code to[x] = (3 s[near + x] + s[far + x] + bias) >> 2} for x in [0,
   * length).
   */
  void blendRows(byte[] s, int near, int far, int bias, int length, byte[] to);

  /**
   * Doubles a row between two rows: with {@code t[x] = 3 s[near + x] + s[far + x]}, {@code to[2 x]
   * = (3 t[x] + t[x - 1] + 8) >> 4} and {@code to[2 x + 1] = (3 t[x] + t[x + 1] + 7) >> 4} for x in
   * [0, length).
   *
   * @param s the samples, of both rows from one before the first to one behind the last
   */
  void doubleBoth(byte[] s, int near, int far, int length, byte[] to);

  /**
   * Converts a row of luma and differences to red, green and blue: JFIF's factors in units of
   * 2^-16, rounded.
   *
   * @param rgb gets three rows without spare bytes behind them
   * @param red where the row of red begins
   * @param plane from red to green and from green to blue
   */
  void toRgb(
      byte[] y,
      int yStart,
      byte[] cb,
      int cbStart,
      byte[] cr,
      int crStart,
      int length,
      byte[] rgb,
      int red,
      int plane);

  /**
   * Interleaves three planes: {@code to[toStart + 3 x + c] = planes[start + c * plane + x]} for x
   * in [0, length), without spare bytes behind either.
   */
  void interleave(byte[] planes, int start, int plane, int length, byte[] to, int toStart);
}
