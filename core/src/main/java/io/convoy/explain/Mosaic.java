package io.convoy.explain;

import java.util.Arrays;
import java.util.List;

/** Pictures of one size beside each other, in rows, on white. */
public final class Mosaic {
  private static final int GAP = 2;
  private static final int COLOURS = 3;
  private static final byte WHITE = (byte) 255;

  private Mosaic() {}

  /**
   * A picture of pictures, two pixels apart.
   *
   * @param pictures of one size, at least one
   * @param columns beside each other at the most, at least 1
   * @param least pixels of the shorter side: smaller ones are enlarged a whole number of times
   */
  public static RgbImage of(List<RgbImage> pictures, int columns, int least) {
    RgbImage first = pictures.get(0);
    int times = Math.max(1, ceiling(least, Math.min(first.height(), first.width())));
    int down = ceiling(pictures.size(), columns);
    int across = ceiling(pictures.size(), down); // so that the last row is as full as may be
    int cellHeight = times * first.height() + GAP;
    int cellWidth = times * first.width() + GAP;
    int height = down * cellHeight - GAP;
    int width = across * cellWidth - GAP;
    byte[] rgb = new byte[height * width * COLOURS];
    Arrays.fill(rgb, WHITE);
    for (int i = 0; i < pictures.size(); i++) {
      RgbImage picture = pictures.get(i);
      if (picture.height() != first.height() || picture.width() != first.width()) {
        throw new IllegalArgumentException(
            "pictures beside each other have one size: %sx%s, and picture %s has %sx%s"
                .formatted(first.height(), first.width(), i, picture.height(), picture.width()));
      }
      int corner = i / across * cellHeight * width + i % across * cellWidth;
      draw(picture, times, rgb, corner, width);
    }
    return new RgbImage(height, width, rgb);
  }

  private static void draw(RgbImage picture, int times, byte[] to, int corner, int width) {
    for (int row = 0; row < times * picture.height(); row++) {
      for (int column = 0; column < times * picture.width(); column++) {
        int from = row / times * picture.width() + column / times;
        System.arraycopy(
            picture.rgb(), from * COLOURS, to, (corner + row * width + column) * COLOURS, COLOURS);
      }
    }
  }

  private static int ceiling(int of, int by) {
    return (of + by - 1) / by;
  }
}
