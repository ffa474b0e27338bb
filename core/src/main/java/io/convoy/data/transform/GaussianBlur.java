package io.convoy.data.transform;

/**
 * A Gaussian blur in whole numbers. The weights of a row, {@code exp(-i^2 / (2 sigma^2))} for i
 * from {@code -kernel / 2} to {@code kernel / 2}, are divided by their sum and rounded to 16384ths;
 * the middle one takes what is then missing to 1. Columns are averaged first, to 256ths, rounded
 * half up, then rows. Outside the image stands its mirror image, the border not repeated.
 */
final class GaussianBlur {
  /** The largest kernel. */
  static final int LARGEST = 127;

  private static final int ONE = 1 << 14;

  private GaussianBlur() {}

  /**
   * Changes an image.
   *
   * @param kernel odd; half of it less than height and width
   * @param sigma above 0, in pixels
   */
  static void apply(Canvas image, int kernel, double sigma) {
    int reach = kernel / 2;
    int[] weights = image.weights();
    weights(weights, reach, sigma);
    for (int row = 0; row < image.height(); row++) {
      columns(image, row, reach, weights);
      row(image, row, reach, weights);
    }
    image.swap();
  }

  /** The weight of distance i goes to place i. */
  private static void weights(int[] weights, int reach, double sigma) {
    double sum = 1;
    for (int i = 1; i <= reach; i++) {
      sum += 2 * bell(i, sigma);
    }
    int rest = ONE;
    for (int i = 1; i <= reach; i++) {
      weights[i] = (int) (bell(i, sigma) / sum * ONE + 0.5);
      rest -= 2 * weights[i];
    }
    weights[0] = rest;
  }

  private static double bell(int i, double sigma) {
    return StrictMath.exp(-(double) i * i / (2 * sigma * sigma));
  }

  /** The means over columns of a row, in 256ths, to the canvas's line. */
  private static void columns(Canvas image, int row, int reach, int[] weights) {
    int[] line = image.line();
    byte[] from = image.pixels();
    for (int i = 0; i < line.length; i++) {
      line[i] = weights[0] * (from[row * line.length + i] & 0xFF);
    }
    for (int distance = 1; distance <= reach; distance++) {
      int above = mirrored(row - distance, image.height()) * line.length;
      int below = mirrored(row + distance, image.height()) * line.length;
      int weight = weights[distance];
      for (int i = 0; i < line.length; i++) {
        line[i] += weight * ((from[above + i] & 0xFF) + (from[below + i] & 0xFF));
      }
    }
    for (int i = 0; i < line.length; i++) {
      line[i] = (line[i] + 32) >> 6;
    }
  }

  private static void row(Canvas image, int row, int reach, int[] weights) {
    int[] line = image.line();
    byte[] to = image.other();
    int channels = image.channels();
    int width = image.width();
    for (int x = 0; x < width; x++) {
      boolean within = x >= reach && x < width - reach;
      for (int c = 0; c < channels; c++) {
        int at = x * channels + c;
        int sum = weights[0] * line[at];
        for (int i = 1; i <= reach; i++) {
          int left = within ? at - i * channels : mirrored(x - i, width) * channels + c;
          int right = within ? at + i * channels : mirrored(x + i, width) * channels + c;
          sum += weights[i] * (line[left] + line[right]);
        }
        to[row * line.length + at] = (byte) ((sum + (1 << 21)) >> 22);
      }
    }
  }

  private static int mirrored(int place, int length) {
    int inside = Math.abs(place);
    return inside < length ? inside : 2 * (length - 1) - inside;
  }
}
