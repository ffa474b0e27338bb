package io.convoy.data.augment;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * What is measured of whole images: a mean image, and for whitening a matrix. Arrays are neither
 * copied nor to be changed: a matrix may have 64 MB.
 *
 * @param shape {@code [height, width, channels]} of the network's input
 * @param mean in HWC order, in units of [0, 1]: it is taken away from the image
 * @param matrix n rows of n numbers, n = height · width · channels, with which the difference is
 *     then multiplied: row i gives element i; null for none
 */
public record ImageStatistics(Shape shape, float[] mean, float[] matrix) {
  /** What of it a kind of standardisation needs. */
  public enum Parts {
    NONE,
    MEAN,
    MEAN_AND_MATRIX
  }

  /** Elements of an image that is whitened, at the most: its matrix has 64 MB. */
  public static final int MOST_WHITENED = 4096;

  /**
   * @throws ConvoyException of kind DATA when an array has not the length that the shape asks for,
   *     or a number in it is not finite
   */
  public ImageStatistics {
    int elements = shape.elements();
    requireArray("mean", mean, elements);
    if (matrix != null) {
      requireArray("matrix", matrix, (long) elements * elements);
    }
  }

  private static void requireArray(String name, float[] array, long length) {
    if (array.length != length) {
      throw ConvoyException.data(
          "preprocessing: %s has %d numbers; images of this shape have %d",
          name, array.length, length);
    }
    for (int i = 0; i < array.length; i++) {
      if (!Float.isFinite(array[i])) {
        throw ConvoyException.data("preprocessing: %s[%d] is %s: not finite", name, i, array[i]);
      }
    }
  }

  /** What it holds. */
  public Parts parts() {
    return matrix == null ? Parts.MEAN : Parts.MEAN_AND_MATRIX;
  }

  /** Bytes of the arrays. */
  public long bytes() {
    return Float.BYTES * (mean.length + (matrix == null ? 0L : matrix.length));
  }

  /**
   * Bytes of the arrays of images of a shape.
   *
   * @param parts that they have
   */
  public static long bytes(Parts parts, Shape shape) {
    long elements = shape.elements();
    return Float.BYTES
        * switch (parts) {
          case NONE -> 0L;
          case MEAN -> elements;
          case MEAN_AND_MATRIX -> elements + elements * elements;
        };
  }

  /** Checks that a network's input is what was measured. */
  void requireFits(Shape input) {
    if (!isOf(input)) {
      throw ConvoyException.usage(
          "standardization: its mean image must have the shape of the network's input; it is %s,"
              + " the input %s (height x width x channels)",
          shape, input);
    }
  }

  private boolean isOf(Shape input) {
    return shape.height() == input.height()
        && shape.width() == input.width()
        && shape.channels() == input.channels();
  }

  /**
   * Checks that images of a shape are small enough.
   *
   * @param parts that are measured of them
   * @throws ConvoyException of kind USAGE when a matrix would be too large
   */
  public static void requireRoom(Parts parts, Shape input) {
    if (parts == Parts.MEAN_AND_MATRIX && input.elements() > MOST_WHITENED) {
      throw ConvoyException.usage(
          "standardization: whitening takes images of at most %d numbers (height x width x"
              + " channels), such as 36x36x3, since its matrix has the square of that; the"
              + " network's input is %s, which has %d: take meanImage or standardScore, or a"
              + " smaller data.size and network.input",
          MOST_WHITENED, input, input.elements());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageStatistics that
        && shape.equals(that.shape)
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(matrix, that.matrix);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + shape.hashCode();
  }

  /** Too long to be shown: a number that tells two apart stands for it. */
  @Override
  public String toString() {
    return "of %s, number %s"
        .formatted(shape, Integer.toHexString(hashCode() + 31 * Arrays.hashCode(matrix)));
  }
}
