package io.convoy.explain;

import java.util.Arrays;

/**
 * A number for each pixel of a picture.
 *
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param values row by row; not copied
 */
public record Heatmap(int height, int width, float[] values) {
  public Heatmap {
    if (height < 1 || width < 1 || values.length != height * width) {
      throw new IllegalArgumentException(
          "a map of %sx%s pixels has as many values; got %s"
              .formatted(height, width, values.length));
    }
  }

  public float at(int row, int column) {
    return values[row * width + column];
  }

  /** The largest value; NaN where one is. */
  public float most() {
    float most = values[0];
    for (float value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  /** The smallest value; NaN where one is. */
  public float least() {
    float least = values[0];
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  /**
   * The same at another size, bilinear between the middles of pixels; beyond the outermost ones
   * values stay as they are.
   */
  public Heatmap resized(int newHeight, int newWidth) {
    float[] resized = new float[newHeight * newWidth];
    for (int row = 0; row < newHeight; row++) {
      double down = place(row, newHeight, height);
      int top = (int) down;
      int bottom = Math.min(top + 1, height - 1);
      for (int column = 0; column < newWidth; column++) {
        double across = place(column, newWidth, width);
        int left = (int) across;
        int right = Math.min(left + 1, width - 1);
        double above = between(at(top, left), at(top, right), across - left);
        double below = between(at(bottom, left), at(bottom, right), across - left);
        resized[row * newWidth + column] = (float) between(above, below, down - top);
      }
    }
    return new Heatmap(newHeight, newWidth, resized);
  }

  /** Where the middle of a pixel lies among the middles of {@code size} others, from 0 on. */
  private static double place(int pixel, int pixels, int size) {
    double place = (pixel + 0.5) * size / pixels - 0.5;
    return Math.max(0, Math.min(size - 1, place));
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * share;
  }

  /**
   * How much of all that is above 0 lies on some pixels.
   *
   * @param inside for each pixel, row by row, whether it is one of them
   * @return in [0, 1]; 0 where nothing is above 0
   */
  public double share(boolean[] inside) {
    double all = 0;
    double part = 0;
    for (int i = 0; i < values.length; i++) {
      double value = Math.max(0, values[i]);
      all += value;
      part += inside[i] ? value : 0;
    }
    return all > 0 ? part / all : 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Heatmap map
        && height == map.height
        && width == map.width
        && Arrays.equals(values, map.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(values);
  }
}
