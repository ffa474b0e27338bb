package io.convoy.data.image;

import java.awt.image.Raster;
import java.util.Arrays;

/** The samples of a PNG, from the raster that the JDK's reader gives. */
record PngPixels(PngFile file) {
  static final int INDEXED = 3;

  /** The samples of a pixel, by the colour type; 0 where there is no such type. */
  static int bands(int kind) {
    return switch (kind) {
      case 0, INDEXED -> 1;
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 0;
    };
  }

  /** Whether a colour type may have samples of so many bits. */
  static boolean allows(int kind, int bits) {
    return switch (bits) {
      case 1, 2, 4 -> kind == 0 || kind == INDEXED;
      case 8 -> true;
      case 16 -> kind != INDEXED;
      default -> false;
    };
  }

  Samples samples(Raster raster) {
    int height = file.height();
    int width = file.width();
    if (file.palette().argb().length > 0) {
      byte[] indices = new byte[Math.multiplyExact(height, width)];
      fill(raster, indices, 1, value -> value);
      return file.palette().lookUp(indices, height, width, file.file());
    }
    int bands = raster.getNumBands();
    int count = bands + (file.transparent().length > 0 ? 1 : 0);
    byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(height, width), count)];
    fill(raster, samples, count, this::toByte);
    return Samples.of(new Components(height, width, count, samples));
  }

  /** What a sample is in 8 bits: spread over them, or the high byte of 16. */
  private int toByte(int sample) {
    return file.bits() == 16 ? sample >> 8 : sample * (255 / ((1 << file.bits()) - 1));
  }

  private interface Conversion {
    int of(int sample);
  }

  /** Writes all pixels; a component more than the raster has is the opacity. */
  private void fill(Raster raster, byte[] to, int count, Conversion conversion) {
    int bands = raster.getNumBands();
    int[] row = new int[file.width() * bands];
    int next = 0;
    for (int y = 0; y < file.height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, file.width(), 1, row);
      for (int x = 0; x < row.length; x += bands) {
        for (int band = 0; band < bands; band++) {
          to[next++] = (byte) conversion.of(row[x + band]);
        }
        if (count > bands) {
          int[] seen = file.transparent();
          boolean hidden = Arrays.equals(row, x, x + bands, seen, 0, bands);
          to[next++] = (byte) (hidden ? 0 : 255);
        }
      }
    }
  }
}
