package io.convoy.data.transform;

import java.util.List;

/**
 * Moves an image's pixels by an affine map about its centre. Each pixel of the result takes its
 * value from one point of the image, bilinearly, in whole numbers:
 *
 * <pre>
 *   x', y' = column and row of the result's pixel, from the centre, in half pixels: 2x + 1 - width
 *   column = (xx x' + xy y') / 2 + offset x + (width - 1) / 2      in 65536ths of a pixel, rounded down
 *   row    = (yx x' + yy y') / 2 + offset y + (height - 1) / 2
 *   value  = the four pixels around it, by weights in 256ths, the sum rounded half up
 * </pre>
 *
 * The matrix is in 65536ths, rounded from double precision. Points within half a pixel of the
 * border take the border's pixels for those that are missing; farther out is the fill colour.
 */
final class Warp {
  private static final int ONE = 1 << 16;
  private static final int HALF = 1 << 15;

  private Warp() {}

  /**
   * Turns, counter-clockwise for angles above 0.
   *
   * @param degrees any
   */
  static void rotate(Canvas image, double degrees, List<Integer> fill) {
    affine(image, degrees, 1, 0, 0, 0, 0, fill);
  }

  /**
   * Zooms, shears (each row by {@code shearX} pixels a row, then each column by {@code shearY}
   * pixels a column), turns, and shifts, in this order, each about the centre.
   *
   * @param degrees counter-clockwise
   * @param zoom above 0; more than 1 makes things larger
   * @param shiftX pixels to the right
   * @param shiftY pixels down
   */
  static void affine(
      Canvas image,
      double degrees,
      double zoom,
      double shearX,
      double shearY,
      double shiftX,
      double shiftY,
      List<Integer> fill) {
    double angle = radians(degrees);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    // the way back: shift, turn, shear, zoom, each inverted
    double across = 1 + shearX * shearY;
    double xx = (across * cos - shearX * sin) / zoom;
    double xy = (-across * sin - shearX * cos) / zoom;
    double yx = (sin - shearY * cos) / zoom;
    double yy = (cos + shearY * sin) / zoom;
    double offsetX = -(xx * shiftX + xy * shiftY);
    double offsetY = -(yx * shiftX + yy * shiftY);
    apply(image, fixed(xx), fixed(xy), fixed(yx), fixed(yy), fixed(offsetX), fixed(offsetY), fill);
  }

  /** An angle in radians. */
  static double radians(double degrees) {
    return degrees * (StrictMath.PI / 180);
  }

  private static long fixed(double value) {
    return Math.round(value * ONE);
  }

  private static void apply(
      Canvas image,
      long xx,
      long xy,
      long yx,
      long yy,
      long offsetX,
      long offsetY,
      List<Integer> fill) {
    int width = image.width();
    int height = image.height();
    int channels = image.channels();
    byte[] to = image.other();
    long centreX = offsetX + (long) (width - 1) * HALF;
    long centreY = offsetY + (long) (height - 1) * HALF;
    int next = 0;
    for (int y = 0; y < height; y++) {
      int down = 2 * y + 1 - height;
      for (int x = 0; x < width; x++) {
        int right = 2 * x + 1 - width;
        long column = ((xx * right + xy * down) >> 1) + centreX;
        long row = ((yx * right + yy * down) >> 1) + centreY;
        boolean inside =
            column >= -HALF
                && column < (long) width * ONE - HALF
                && row >= -HALF
                && row < (long) height * ONE - HALF;
        if (inside) {
          sample(image, column, row, next);
        } else {
          for (int c = 0; c < channels; c++) {
            to[next + c] = (byte) (int) fill.get(fill.size() == 1 ? 0 : c);
          }
        }
        next += channels;
      }
    }
    image.swap();
  }

  private static void sample(Canvas image, long column, long row, int to) {
    int channels = image.channels();
    int line = image.width() * channels;
    byte[] from = image.pixels();
    byte[] result = image.other();
    int left = (int) (column >> 16);
    int top = (int) (row >> 16);
    int wx = (int) (column >> 8) & 0xFF;
    int wy = (int) (row >> 8) & 0xFF;
    int upper = Math.max(top, 0) * line;
    int lower = Math.min(top + 1, image.height() - 1) * line;
    int first = Math.max(left, 0) * channels;
    int second = Math.min(left + 1, image.width() - 1) * channels;
    for (int c = 0; c < channels; c++) {
      int above =
          (from[upper + first + c] & 0xFF) * (256 - wx) + (from[upper + second + c] & 0xFF) * wx;
      int below =
          (from[lower + first + c] & 0xFF) * (256 - wx) + (from[lower + second + c] & 0xFF) * wx;
      result[to + c] = (byte) ((above * (256 - wy) + below * wy + HALF) >> 16);
    }
  }
}
