package io.convoy.data.image;

import java.util.Arrays;

/**
 * Antialiased bilinear resampling, pixel for pixel as Pillow's {@code image.crop(box).resize(size,
 * BILINEAR)}: a triangle as wide as the step between outputs, first along rows and then along
 * columns, each in fixed point and rounded to bytes. Not for several threads at once.
 */
public final class Resampler {
  private static final int PRECISION = 22;

  private byte[] between = {};

  /** For each output the first input, and the inputs' weights. */
  private record Taps(int[] first, int[][] weights) {
    /** Of some neighbouring outputs among all. */
    static Taps of(int inputs, int outputs, int start, int count) {
      double scale = (double) inputs / outputs;
      double support = Math.max(scale, 1);
      int[] first = new int[count];
      int[][] weights = new int[count][];
      for (int output = 0; output < count; output++) {
        double centre = (start + output + 0.5) * scale;
        int from = Math.max(0, (int) (centre - support + 0.5));
        int to = Math.min(inputs, (int) (centre + support + 0.5));
        double[] exact = new double[to - from];
        for (int tap = 0; tap < exact.length; tap++) {
          double distance = Math.abs((tap + from - centre + 0.5) * (1 / support));
          exact[tap] = distance < 1 ? 1 - distance : 0;
        }
        first[output] = from;
        weights[output] = fixed(exact);
      }
      return new Taps(first, weights);
    }

    private static int[] fixed(double[] exact) {
      double sum = 0;
      for (double weight : exact) {
        sum += weight;
      }
      double all = sum;
      return Arrays.stream(exact)
          .mapToInt(weight -> (int) (0.5 + weight / all * (1 << PRECISION)))
          .toArray();
    }
  }

  /**
   * Resamples a crop of an image: nothing outside of it has a part in the result.
   *
   * @param from the image
   * @param crop what is resampled of it
   * @param height of the result, at least 1
   * @param width likewise
   * @param to where the result goes; not {@code from}
   */
  public void resample(Planes from, Crop crop, int height, int width, Planes to) {
    resample(from, crop, height, width, Crop.whole(height, width), to);
  }

  /**
   * Resamples a crop of an image to a size, and computes a window of that alone.
   *
   * @param window what is wanted of the {@code fullHeight x fullWidth} pixels
   */
  void resample(Planes from, Crop crop, int fullHeight, int fullWidth, Crop window, Planes to) {
    int height = window.height();
    int width = window.width();
    Taps rows = Taps.of(crop.height(), fullHeight, window.top(), height);
    Taps columns = Taps.of(crop.width(), fullWidth, window.left(), width);
    byte[] result = to.room(height, width, from.count());
    if (between.length < crop.height() * width) {
      between = new byte[crop.height() * width];
    }
    for (int plane = 0; plane < from.count(); plane++) {
      int corner = (plane * from.height() + crop.top()) * from.width() + crop.left();
      for (int row = 0; row < crop.height(); row++) {
        int start = corner + row * from.width();
        for (int column = 0; column < width; column++) {
          between[row * width + column] =
              sum(from.samples(), start + columns.first[column], 1, columns.weights[column]);
        }
      }
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          int start = rows.first[row] * width + column;
          result[(plane * height + row) * width + column] =
              sum(between, start, width, rows.weights[row]);
        }
      }
    }
  }

  private static byte sum(byte[] samples, int from, int step, int[] weights) {
    int sum = 1 << (PRECISION - 1);
    for (int tap = 0; tap < weights.length; tap++) {
      sum += (samples[from + tap * step] & 0xFF) * weights[tap];
    }
    return (byte) Math.min(255, Math.max(0, sum >> PRECISION));
  }
}
