package io.convoy.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.IntUnaryOperator;

/**
 * Gradients against central differences: {@code (L(v + h) - L(v - h)) / 2h} where L is a random
 * projection of the outputs, summed in double.
 *
 * <p>L itself is computed by the forward pass in fp32, so its noise is about 2^-24 times the square
 * root of the outputs times their size; with h = 2^-5 that is some 1e-4 of a gradient of typical
 * size. What the curvature adds, h² / 6 of the third derivative, is of the same order (and nothing
 * for layers that are linear in each operand). The tolerance is ten times that: 2e-3 of the element
 * and of the root mean square of its array. A gradient that is wrong by a tap, a pixel or a factor
 * is wrong by its own size.
 *
 * <p>Up to 24 elements of each array are checked one by one, and all of them together along one
 * random direction.
 */
public final class GradientCheck {
  /** Small against 1, the size of the values; a power of two, so that v + h loses little. */
  public static final float STEP = 0x1p-5f;

  private static final int ELEMENTS = 24;
  private static final double TOLERANCE = 2e-3;
  private static final double FLOOR = 2e-4;

  private final DoubleSupplier loss;

  /**
   * @param loss L at the present values
   */
  public GradientCheck(DoubleSupplier loss) {
    this.loss = loss;
  }

  /** Checks {@code gradient[from + i]} as the derivative by {@code values[from + i]}. */
  public void check(String name, float[] values, float[] gradient, int from, int length) {
    check(name, length, values, i -> from + i, gradient, i -> from + i);
  }

  /** Checks the gradient of the interior of a tensor. */
  public void check(String name, Tensor values, Tensor gradient, int samples) {
    int elements = samples * values.shape().elements();
    check(
        name,
        elements,
        values.data(),
        i -> place(values, i),
        gradient.data(),
        i -> place(gradient, i));
  }

  /** Where element i, counted without a halo, stands. */
  public static int place(Tensor tensor, int i) {
    int channels = tensor.shape().channels();
    int width = tensor.shape().width();
    int height = tensor.shape().height();
    int pixel = i / channels;
    return tensor.at(pixel / width / height, pixel / width % height, pixel % width) + i % channels;
  }

  private void check(
      String name,
      int length,
      float[] values,
      IntUnaryOperator valueAt,
      float[] gradient,
      IntUnaryOperator gradientAt) {
    double squares = 0;
    for (int i = 0; i < length; i++) {
      squares += Math.pow(gradient[gradientAt.applyAsInt(i)], 2);
    }
    double typical = Math.sqrt(squares / length);
    int stride = Math.max(1, (length - 1) / (ELEMENTS - 1));
    for (int i = 0; i < length; i += stride) {
      double[] direction = {1};
      double expected = difference(values, new int[] {valueAt.applyAsInt(i)}, direction);
      double tolerance = TOLERANCE * (Math.abs(expected) + typical) + FLOOR;
      assertEquals(expected, gradient[gradientAt.applyAsInt(i)], tolerance, name + " element " + i);
    }
    int[] places = new int[length];
    double[] direction = new double[length];
    double slope = 0;
    for (int i = 0; i < length; i++) {
      places[i] = valueAt.applyAsInt(i);
      direction[i] = Numbers.uniform(99, i);
      slope += direction[i] * gradient[gradientAt.applyAsInt(i)];
    }
    double tolerance = TOLERANCE * (Math.abs(slope) + Math.sqrt(squares)) + FLOOR;
    assertEquals(difference(values, places, direction), slope, tolerance, name + " as a whole");
  }

  private double difference(float[] values, int[] places, double[] direction) {
    float[] before = values.clone();
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = (float) (before[places[i]] + STEP * direction[i]);
    }
    double above = loss.getAsDouble();
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = (float) (before[places[i]] - STEP * direction[i]);
    }
    double below = loss.getAsDouble();
    System.arraycopy(before, 0, values, 0, values.length);
    return (above - below) / (2 * STEP);
  }

  /** The projection of a tensor's first samples on {@code weights}. */
  public static double project(Tensor output, int samples, float[] weights) {
    double sum = 0;
    for (int i = 0; i < samples * output.shape().elements(); i++) {
      sum += (double) output.data()[place(output, i)] * weights[i];
    }
    return sum;
  }

  /** Puts numbers into the interior of a tensor's first samples. */
  public static void fill(Tensor tensor, int samples, float[] values) {
    for (int i = 0; i < samples * tensor.shape().elements(); i++) {
      tensor.data()[place(tensor, i)] = values[i];
    }
  }

  /** Overwrites the interior by NaN, so that what is not written shows. */
  public static void spoil(Tensor tensor, int samples) {
    float[] values = new float[samples * tensor.shape().elements()];
    Arrays.fill(values, Float.NaN);
    fill(tensor, samples, values);
  }
}
