package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A loss on a shard of samples, between others, beside its definition in double precision. */
final class LossRig {
  /** The loss of one sample, written plainly. */
  interface Definition {
    double loss(double[] outputs, int sample);
  }

  private static final double STEP = 1e-5;

  private final Criterion criterion;
  private final int outputs;
  private final Target[] targets;
  private final Tensor output;
  private final Tensor gradient;

  /**
   * @param z of the samples, one after the other
   */
  LossRig(Loss loss, int outputs, Target[] targets, float[] z) {
    this.criterion = loss.criterion(Shape.of(outputs));
    this.outputs = outputs;
    this.targets = targets;
    output = Tensor.of(targets.length, Shape.of(outputs));
    gradient = Tensor.of(targets.length, Shape.of(outputs));
    GradientCheck.fill(output, targets.length, z);
    GradientCheck.spoil(gradient, targets.length);
    criterion.compute(output, 0, targets.length, targets, gradient);
  }

  double loss() {
    return criterion.loss();
  }

  double weight() {
    return criterion.weight();
  }

  int correct() {
    return (int) criterion.figure(0);
  }

  float gradient(int sample, int c) {
    return gradient.data()[gradient.at(sample, 0, 0) + c];
  }

  /**
   * Compares loss and gradient with a definition, whose derivative is a central difference in
   * double.
   *
   * @param tolerance of a loss of 1, and of a gradient whose largest element is 1
   */
  void assertIs(Definition definition, double tolerance) {
    double sum = 0;
    double[][] expected = new double[targets.length][outputs];
    double largest = 0;
    for (int n = 0; n < targets.length; n++) {
      double[] z = new double[outputs];
      for (int c = 0; c < outputs; c++) {
        z[c] = output.data()[output.at(n, 0, 0) + c];
      }
      sum += definition.loss(z, n);
      for (int c = 0; c < outputs; c++) {
        double at = z[c];
        z[c] = at + STEP;
        double above = definition.loss(z, n);
        z[c] = at - STEP;
        expected[n][c] = (above - definition.loss(z, n)) / (2 * STEP);
        z[c] = at;
        largest = Math.max(largest, Math.abs(expected[n][c]));
      }
    }
    assertEquals(sum, loss(), tolerance * (targets.length + sum));
    for (int n = 0; n < targets.length; n++) {
      for (int c = 0; c < outputs; c++) {
        assertEquals(expected[n][c], gradient(n, c), tolerance * largest, n + ", " + c);
      }
    }
    assertNoMatterHowShared(sum);
  }

  /** Samples by themselves give the same gradients bit for bit, without gradients the same loss. */
  private void assertNoMatterHowShared(double sum) {
    float[] together = gradient.data().clone();
    double weight = weight();
    double whole = loss();
    double alone = 0;
    double weights = 0;
    for (int n = 0; n < targets.length; n++) {
      criterion.compute(output, n, n + 1, targets, gradient);
      alone += loss();
      weights += weight();
    }
    assertEquals(sum, alone, 1e-4 * (targets.length + sum));
    assertEquals(weight, weights, 1e-9 * weight);
    for (int i = 0; i < together.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(together[i]), Float.floatToRawIntBits(gradient.data()[i]));
    }
    criterion.compute(output, 0, targets.length, targets, null);
    assertEquals(whole, loss());
  }

  /** By the shared helper, whose steps are wide: no kink may lie within. */
  void checkGradient() {
    criterion.compute(output, 0, targets.length, targets, gradient);
    GradientCheck check =
        new GradientCheck(
            () -> {
              criterion.compute(output, 0, targets.length, targets, null);
              return criterion.loss();
            });
    check.check("outputs", output, gradient, targets.length);
  }

  /** Uniform over [-size, size). */
  static float[] uniform(int length, float size) {
    float[] z = Numbers.array(1, length);
    for (int i = 0; i < length; i++) {
      z[i] *= size;
    }
    return z;
  }

  /** Multiples of a quarter and an eighth, in [-2, 2): no two differ by a whole number and 1/8. */
  static float[] quarters(int length) {
    float[] z = new float[length];
    for (int i = 0; i < length; i++) {
      z[i] = Long.remainderUnsigned(Numbers.bits(5, i), 16) / 4f - 2 + 0.125f;
    }
    return z;
  }

  /** A label for each sample. */
  static int[] labels(int samples, int classes) {
    return IntStream.range(0, samples)
        .map(n -> (int) Long.remainderUnsigned(Numbers.bits(2, n), classes))
        .toArray();
  }

  /** Above 0, each another. */
  static float[] weights(int classes) {
    float[] weights = Numbers.array(7, classes);
    for (int c = 0; c < classes; c++) {
      weights[c] = 1.5f + weights[c];
    }
    return weights;
  }

  static double[] softmax(double[] z) {
    double largest = Arrays.stream(z).max().getAsDouble();
    double sum = Arrays.stream(z).map(x -> StrictMath.exp(x - largest)).sum();
    return Arrays.stream(z).map(x -> StrictMath.exp(x - largest) / sum).toArray();
  }

  /** All of these are refused by their loss, wherever they stand. */
  static void assertShows(Loss loss, float... bad) {
    for (float value : bad) {
      for (int place = 0; place < 3; place++) {
        for (int label = 0; label < 3; label++) {
          float[] z = {1, 2, 3};
          z[place] = value;
          LossRig rig = new LossRig(loss, 3, Targets.labels(label), z);
          String about = "%s at %s, label %s".formatted(value, place, label);
          assertEquals(false, Double.isFinite(rig.loss()), about);
          assertEquals(0, rig.correct(), about);
        }
      }
    }
  }
}
