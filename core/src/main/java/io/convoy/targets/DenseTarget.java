package io.convoy.targets;

import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Numbers of a fixed shape: what a regression is to give, or whatever its owner has encoded, such
 * as boxes.
 */
public final class DenseTarget implements Target {
  private final Shape shape;
  private final float[] values;

  /**
   * A target.
   *
   * @param shape of one sample, {@code [height, width, channels]} or {@code [length]}
   * @param values in HWC order, as many as the shape has elements; copied
   */
  public DenseTarget(Shape shape, float[] values) {
    if (values.length != shape.elements()) {
      throw new IllegalArgumentException(
          "a target has as many values as its shape has elements; got "
              + values.length
              + " for "
              + shape);
    }
    this.shape = shape;
    this.values = values.clone();
  }

  /** The shape of the numbers. */
  public Shape shape() {
    return shape;
  }

  /** A number, by its place in HWC order. */
  public float value(int i) {
    return values[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DenseTarget dense
        && shape.equals(dense.shape)
        && Arrays.equals(values, dense.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "dense " + shape;
  }
}
