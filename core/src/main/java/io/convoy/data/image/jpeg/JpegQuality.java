package io.convoy.data.image.jpeg;

/**
 * How coarse a JPEG is, as libjpeg counts it: 1 to 100, by which the standard's example of a table
 * for luma is scaled (ITU-T T.81, table K.1; jcparam.c).
 */
public final class JpegQuality {
  /** In rows of eight. */
  private static final int[] LUMA = {
    16, 11, 10, 16, 24, 40, 51, 61, //
    12, 12, 14, 19, 26, 58, 60, 55, //
    14, 13, 16, 24, 40, 57, 69, 56, //
    14, 17, 22, 29, 51, 87, 80, 62, //
    18, 22, 37, 56, 68, 109, 103, 77, //
    24, 35, 55, 64, 81, 104, 113, 92, //
    49, 64, 78, 87, 103, 121, 120, 101, //
    72, 92, 95, 98, 112, 100, 103, 99
  };

  private JpegQuality() {}

  /**
   * The quality whose table is the nearest to that of a file's first component.
   *
   * @param encoded a JPEG
   * @param name the file's name, for errors
   * @throws io.convoy.error.ConvoyException of kind DATA where its headers are damaged
   */
  public static int of(byte[] encoded, String name) {
    JpegReader reader = new JpegReader();
    try {
      reader.start(encoded);
      if (reader.nextScan() == null) {
        throw JpegDamage.damaged("it has no scan");
      }
      return nearest(reader.quantization(reader.frame().components().get(0)));
    } catch (JpegDamage damage) {
      throw damage.of(name);
    }
  }

  /**
   * @param table in the order of the zigzag
   */
  private static int nearest(int[] table) {
    int best = 1;
    long least = Long.MAX_VALUE;
    for (int quality = 1; quality <= 100; quality++) {
      long difference = 0;
      int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
      for (int place = 0; place < Zigzag.BLOCK; place++) {
        int scaled = (LUMA[Zigzag.NATURAL[place]] * percent + 50) / 100;
        difference += Math.abs(Math.max(1, Math.min(255, scaled)) - table[place]);
      }
      if (difference < least) {
        least = difference;
        best = quality;
      }
    }
    return best;
  }
}
