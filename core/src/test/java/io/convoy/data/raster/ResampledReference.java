package io.convoy.data.raster;

/**
 * Bilinear resampling as Pillow's source defines it, written for reading: the weight of every pixel
 * for every output, then two products of matrices over a copy of the crop.
 */
final class ResampledReference {
  private ResampledReference() {}

  /** The planes of a resized crop, one after the other. */
  static byte[] of(Planes from, Crop crop, int height, int width) {
    long[][] across = weights(crop.width(), width);
    long[][] down = weights(crop.height(), height);
    byte[] result = new byte[from.count() * height * width];
    for (int plane = 0; plane < from.count(); plane++) {
      int[][] part = transposed(product(across, transposed(cut(from, plane, crop))));
      int[][] resized = product(down, part);
      for (int i = 0; i < height * width; i++) {
        result[plane * height * width + i] = (byte) resized[i / width][i % width];
      }
    }
    return result;
  }

  /** Of each output, the weights of all pixels, in units of 2^-22. */
  private static long[][] weights(int pixels, int outputs) {
    double scale = (double) pixels / outputs;
    double perPixel = 1.0 / Math.max(1.0, scale);
    long[][] weights = new long[outputs][pixels];
    for (int o = 0; o < outputs; o++) {
      double[] heights = new double[pixels];
      double area = 0;
      for (int p = 0; p < pixels; p++) {
        double away = (p - (o + 0.5) * scale + 0.5) * perPixel;
        heights[p] = Math.max(0, 1 - Math.abs(away));
        area += heights[p];
      }
      for (int p = 0; p < pixels; p++) {
        weights[o][p] = (long) Math.floor(heights[p] / area * 0x1p22 + 0.5);
      }
    }
    return weights;
  }

  private static int[][] cut(Planes from, int plane, Crop crop) {
    int[][] rows = new int[crop.height()][crop.width()];
    for (int y = 0; y < crop.height(); y++) {
      for (int x = 0; x < crop.width(); x++) {
        int row = plane * from.height() + crop.top() + y;
        rows[y][x] = Byte.toUnsignedInt(from.samples()[row * from.width() + crop.left() + x]);
      }
    }
    return rows;
  }

  private static int[][] product(long[][] weights, int[][] rows) {
    int[][] product = new int[weights.length][rows[0].length];
    for (int y = 0; y < product.length; y++) {
      for (int x = 0; x < rows[0].length; x++) {
        long sum = 0;
        for (int p = 0; p < rows.length; p++) {
          sum += weights[y][p] * rows[p][x];
        }
        product[y][x] = (int) Math.min(255, (sum + (1L << 21)) / (1L << 22));
      }
    }
    return product;
  }

  private static int[][] transposed(int[][] rows) {
    int[][] columns = new int[rows[0].length][rows.length];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[0].length; x++) {
        columns[x][y] = rows[y][x];
      }
    }
    return columns;
  }
}
