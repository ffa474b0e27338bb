package io.convoy.tensor;

import io.convoy.error.ConvoyException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The extents of a sample or of a parameter, an immutable value.
 *
 * <p>A sample is an image {@code [height, width, channels]} or a vector {@code [features]}; a
 * vector is an image of one pixel. A parameter is given in its canonical order, {@code OIHW}
 * without padding for a convolution, {@code [out, in]} for a dense layer.
 */
public final class Shape {
  private final int[] extents;

  private Shape(int[] extents) {
    this.extents = extents;
  }

  /**
   * A shape of one to four positive extents.
   *
   * @throws ConvoyException when an extent is not positive or the element count exceeds an array
   */
  public static Shape of(int... extents) {
    if (extents.length == 0 || extents.length > 4) {
      throw ConvoyException.usage("a shape has 1 to 4 extents; got %s", Arrays.toString(extents));
    }
    long elements = 1;
    for (int extent : extents) {
      if (extent <= 0) {
        throw ConvoyException.usage(
            "every extent of a shape is at least 1; got %s", Arrays.toString(extents));
      }
      elements *= extent;
      if (elements > Integer.MAX_VALUE - 64) {
        throw ConvoyException.usage(
            "a shape holds at most 2^31 elements; got %s", Arrays.toString(extents));
      }
    }
    return new Shape(extents.clone());
  }

  public int rank() {
    return extents.length;
  }

  public int extent(int axis) {
    return extents[axis];
  }

  /** The number of elements. */
  public int elements() {
    int product = 1;
    for (int extent : extents) {
      product *= extent;
    }
    return product;
  }

  /** Whether this is an image {@code [height, width, channels]}. */
  public boolean isImage() {
    return extents.length == 3;
  }

  /** Whether this is a vector {@code [features]}. */
  public boolean isVector() {
    return extents.length == 1;
  }

  /** The height of an image; 1 for a vector. */
  public int height() {
    return isImage() ? extents[0] : 1;
  }

  /** The width of an image; 1 for a vector. */
  public int width() {
    return isImage() ? extents[1] : 1;
  }

  /** The channels of an image; the features of a vector. */
  public int channels() {
    return extents[extents.length - 1];
  }

  public int[] toArray() {
    return extents.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  /** The extents, as {@code 28x28x1}. */
  @Override
  public String toString() {
    return Arrays.stream(extents).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
