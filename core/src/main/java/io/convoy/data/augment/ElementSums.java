package io.convoy.data.augment;

import io.convoy.tensor.Shape;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Sums over images of one shape, by whole numbers: of each element, and of the products of any two
 * elements, of which each pair stands once (the lower half of a symmetric matrix, row by row).
 * Images come in blocks, whose sums fit into an int.
 */
final class ElementSums {
  /** Images whose products are added in one go through a row of sums. */
  private static final int AT_ONCE = 4;

  private final Shape shape;
  private final int elements;
  private final long[] sums;
  private final long[][] products;

  /** The block's images, as ints; up to {@link #AT_ONCE} more, of zeros, fill the last go. */
  private final int[][] block;

  private final int[][] rows;
  private long images;

  /**
   * @param most images of a block
   * @param threads of the pool that adds
   * @param products whether those of two elements are summed
   */
  ElementSums(Shape shape, int most, int threads, boolean products) {
    this.shape = shape;
    elements = shape.elements();
    sums = new long[elements];
    this.products = products ? new long[elements][] : null;
    for (int i = 0; products && i < elements; i++) {
      this.products[i] = new long[i + 1];
    }
    block = new int[most + AT_ONCE][elements];
    rows = new int[threads][products ? elements : 0];
  }

  /** Puts an image into a slot of the block; several threads may, each into slots of its own. */
  void put(byte[] image, int slot) {
    int[] to = block[slot];
    for (int i = 0; i < elements; i++) {
      to[i] = image[i] & 0xFF;
    }
  }

  /** Adds the block's first images. */
  void add(int count, MeasuringThreads pool) {
    images += count;
    for (int slot = 0; slot < count; slot++) {
      int[] image = block[slot];
      for (int i = 0; i < elements; i++) {
        sums[i] += image[i];
      }
    }
    if (products != null) {
      for (int slot = count; slot < count + AT_ONCE; slot++) {
        Arrays.fill(block[slot], 0);
      }
      pool.run(elements, (i, thread) -> addRow(i, count, rows[thread]));
    }
  }

  private void addRow(int i, int count, int[] row) {
    Arrays.fill(row, 0, i + 1, 0);
    for (int slot = 0; slot < count; slot += AT_ONCE) {
      addProducts(block[slot], block[slot + 1], block[slot + 2], block[slot + 3], i, row);
    }
    long[] total = products[i];
    for (int j = 0; j <= i; j++) {
      total[j] += row[j];
    }
  }

  private static void addProducts(int[] a, int[] b, int[] c, int[] d, int i, int[] row) {
    int ai = a[i];
    int bi = b[i];
    int ci = c[i];
    int di = d[i];
    for (int j = 0; j <= i; j++) {
      row[j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
    }
  }

  Shape shape() {
    return shape;
  }

  long images() {
    return images;
  }

  /** The mean of each element, in units of [0, 1]. */
  float[] mean() {
    float[] mean = new float[elements];
    for (int i = 0; i < elements; i++) {
      mean[i] = (float) (sums[i] / (255.0 * images));
    }
    return mean;
  }

  /** The mean image alone. */
  ImageStatistics meanImage() {
    return new ImageStatistics(shape, mean(), null);
  }

  /**
   * The (population) covariance, in units of [0, 1] squared, each element rounded from its exact
   * value; symmetric.
   */
  double[][] covariance() {
    double[][] covariance = new double[elements][elements];
    BigInteger n = BigInteger.valueOf(images);
    double scale = 255.0 * 255.0 * n.multiply(n).doubleValue();
    for (int i = 0; i < elements; i++) {
      BigInteger sum = BigInteger.valueOf(sums[i]);
      for (int j = 0; j <= i; j++) {
        // n^2 times the covariance, by whole numbers: the difference loses nothing
        BigInteger spread =
            n.multiply(BigInteger.valueOf(products[i][j]))
                .subtract(sum.multiply(BigInteger.valueOf(sums[j])));
        covariance[i][j] = spread.doubleValue() / scale;
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }
}
