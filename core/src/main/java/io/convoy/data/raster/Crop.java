package io.convoy.data.raster;

/**
 * A rectangle of an image, in its pixels.
 *
 * @param top the first row, from 0
 * @param left the first column, from 0
 * @param height at least 1
 * @param width at least 1
 */
public record Crop(int top, int left, int height, int width) {
  public Crop {
    if (top < 0 || left < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a crop starts at 0 or later and has a row and a column at least; got %sx%s from row %s, column %s"
              .formatted(height, width, top, left));
    }
  }

  /** Whether it lies within an image of this size. */
  public boolean isWithin(int imageHeight, int imageWidth) {
    return (long) top + height <= imageHeight && (long) left + width <= imageWidth;
  }

  /** All of an image. */
  public static Crop whole(int height, int width) {
    return new Crop(0, 0, height, width);
  }
}
