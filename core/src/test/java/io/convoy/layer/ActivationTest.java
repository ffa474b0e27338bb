package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that map each element by itself. */
class ActivationTest {
  /** Of selu. */
  private static final double ALPHA = 1.6732632423543772;

  private static final int[][] SHAPES = {{1}, {13}, {207}, {5, 7, 3}, {9, 1, 10}, {1, 1, 1}};

  /**
   * @param truth in double
   */
  private record Case(Layer layer, DoubleUnaryOperator truth) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(LeakyRelu.standard(), x -> x > 0 ? x : 0.01f * x),
        new Case(new LeakyRelu(0.3f), x -> x > 0 ? x : 0.3f * x),
        new Case(new Sigmoid(), x -> 1 / (1 + StrictMath.exp(-x))),
        new Case(new Tanh(), StrictMath::tanh),
        new Case(ScaledTanh.standard(), x -> 1.7159f * StrictMath.tanh(2 / 3f * x)),
        new Case(new ScaledTanh(0.5f, 1.25f), x -> 0.5 * StrictMath.tanh(1.25 * x)),
        new Case(new Relu6(), x -> StrictMath.min(StrictMath.max(x, 0), 6)),
        new Case(Elu.standard(), x -> x > 0 ? x : StrictMath.expm1(x)),
        new Case(Elu.of(0.7f), x -> x > 0 ? x : 0.7f * StrictMath.expm1(x)),
        new Case(new Elu(0.7f, 1.3f), x -> 1.3f * (x > 0 ? x : 0.7f * StrictMath.expm1(x))),
        new Case(new HardTanh(-3f, 0.125f), x -> StrictMath.min(x, 0.125)),
        new Case(new HardTanh(-0.125f, 2.5f), x -> StrictMath.max(x, -0.125)),
        new Case(new Selu(), x -> 1.0507009873554805 * (x > 0 ? x : ALPHA * StrictMath.expm1(x))),
        new Case(new Silu(), x -> x / (1 + StrictMath.exp(-x))),
        new Case(Gelu.standard(), x -> x / 2 * Erf.erfc(-x / StrictMath.sqrt(2))),
        new Case(new Gelu(Gelu.Approximation.TANH), ActivationTest::geluTanh),
        new Case(HardSigmoid.standard(), x -> (x + 3) / 6),
        new Case(new HardSigmoid(0.2f, 0.5f), x -> StrictMath.max(0.2f * x + 0.5, 0)),
        new Case(new HardSwish(), x -> x * (x + 3) / 6));
  }

  private static double geluTanh(double x) {
    double inner = StrictMath.sqrt(2 / StrictMath.PI) * (x + 0.044715 * x * x * x);
    return x / 2 * (1 + StrictMath.tanh(inner));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardIsTheFormulaAndGradientsAreThoseOfCentralDifferences(Case tried) {
    for (int[] extents : SHAPES) {
      for (int halo : new int[] {0, 2}) {
        Shape shape = Shape.of(extents);
        try (LayerRig rig = new LayerRig(tried.layer, 3, List.of(shape), halo, 2)) {
          rig.fillInput(0, values(3 * shape.elements()));
          Images x = rig.input(0);
          Images y = rig.forward();
          y.forEach(
              (n, c, h, w) -> {
                double expected = tried.truth.applyAsDouble(x.get(n, c, h, w));
                assertEquals(expected, y.get(n, c, h, w), 0x1p-21 * Math.abs(expected));
              });
          rig.checkGradients();
        }
      }
    }
  }

  /**
   * In [-2.25, 2.25] and farther from 0, where a rectifier has its corner, than the check steps.
   */
  private static float[] values(int length) {
    float[] values = Numbers.array(6, length);
    for (int i = 0; i < length; i++) {
      values[i] = 2 * values[i] + Math.copySign(0.25f, values[i]);
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threadsChangeNoBit(Case tried) {
    List<Shape> shapes = List.of(Shape.of(9, 7, 5));
    try (LayerRig one = new LayerRig(tried.layer, 5, shapes, 1, 1);
        LayerRig three = new LayerRig(tried.layer, 5, shapes, 1, 3)) {
      one.backward();
      three.backward();
      assertArrayEquals(one.output.data(), three.output.data());
      assertArrayEquals(one.inputGradients[0].data(), three.inputGradients[0].data());
    }
  }

  @Test
  void atZeroTheLeakyRectifierHasTheSlopeOfItsNegativeSide() {
    try (LayerRig rig = LayerRig.of(new LeakyRelu(0.25f), 1, 2)) {
      rig.fillInput(0, new float[] {0f, -0f});
      rig.backward();
      assertArrayEquals(
          new double[] {0.25f * rig.projection[0], 0.25f * rig.projection[1]},
          Images.of(rig.inputGradients[0], 1).data());
    }
  }

  /** At the corners as in PyTorch. */
  @ParameterizedTest
  @CsvSource({
    "relu6, -1 0 0.5 6 7, 0 0 0.5 6 6, 0 0 1 0 0",
    "hardSigmoid, -4 -3 1.5 3 4, 0 0 0.75 1 1, 0 0 0.1666667 0 0",
    "hardSwish, -4 -3 1.5 3 4, 0 0 1.125 3 4, 0 -0.5 1 1.5 1",
    "hardTanh, -4 -1 0.5 1 4, -1 -1 0.5 1 1, 0 0 1 0 0",
    "elu, -200 -0.0 0 100 -1, -1 -0.0 0 100 -0.6321206, 0 1 1 1 0.3678794",
  })
  void atCornersAndFarOut(String name, String inputs, String outputs, String slopes) {
    Layer layer = Problem.parse("1 | 5 | type: '" + name + "'").layer();
    try (LayerRig rig = LayerRig.of(layer, 1, 5)) {
      rig.fillInput(0, floats(inputs));
      assertArrayEquals(doubles(outputs), rig.forward().data(), 1e-7);
      rig.backward();
      double[] expected = doubles(slopes);
      for (int i = 0; i < 5; i++) {
        expected[i] *= rig.projection[i];
      }
      assertArrayEquals(expected, Images.of(rig.inputGradients[0], 1).data(), 1e-6);
    }
  }

  private static double[] doubles(String numbers) {
    return Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static float[] floats(String numbers) {
    double[] doubles = doubles(numbers);
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /** Small results keep their digits: what a float's 1 + erf(x) would lose. */
  @Test
  void farBelowZeroGeluHasSmallNumbers() {
    try (LayerRig rig = LayerRig.of(Gelu.standard(), 1, 3)) {
      rig.fillInput(0, new float[] {-5f, -9f, -40f});
      double[] y = rig.forward().data();
      for (int i = 0; i < 2; i++) {
        double x = rig.input(0).data()[i];
        double expected = x / 2 * Erf.erfc(-x / StrictMath.sqrt(2));
        assertEquals(expected, y[i], 1e-6 * Math.abs(expected));
      }
      assertEquals(-0.0, y[2]);
    }
  }

  /** Where nothing is left of the slope the gradient is zero, not a number by chance. */
  @Test
  void farOutTheGradientIsZero() {
    for (Layer layer : List.of(new Sigmoid(), new Tanh())) {
      try (LayerRig rig = LayerRig.of(layer, 1, 4)) {
        rig.fillInput(0, new float[] {200f, -200f, Float.POSITIVE_INFINITY, -Float.MAX_VALUE});
        rig.backward();
        for (double gradient : Images.of(rig.inputGradients[0], 1).data()) {
          assertEquals(0, gradient, 0, layer.toString());
        }
      }
    }
  }

  /** A NaN must come through: the divergence would be found steps later or never. */
  @ParameterizedTest
  @MethodSource("cases")
  void aNotANumberComesThrough(Case tried) {
    try (LayerRig rig = LayerRig.of(tried.layer, 1, 33)) {
      float[] values = new float[33];
      values[3] = Float.NaN;
      values[32] = Float.NaN;
      rig.fillInput(0, values);
      double[] y = rig.forward().data();
      assertEquals(Double.NaN, y[3]);
      assertEquals(Double.NaN, y[32]);
    }
  }

  @Test
  void theSlopeIsChecked() {
    for (float slope : new float[] {-0.1f, 0f, 1f, Float.NaN}) {
      ConvoyException error = assertThrows(ConvoyException.class, () -> new LeakyRelu(slope));
      assertEquals(
          "leakyRelu: negativeSlope must lie in (0, 1); got " + slope + " (for 0 there is relu)",
          error.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "alpha: 0; elu: alpha must be a number above 0; got 0.0 (for 0 there is relu)",
        "alpha: -1; elu: alpha must be a number above 0; got -1.0 (for 0 there is relu)",
        "scale: -1; elu: scale, and scale times alpha, must be numbers above 0; got -1.0 and -1.0",
        "alpha: 1e-30, scale: 1e-30; elu: scale, and scale times alpha, must be numbers above 0;"
            + " got 1.0E-30 and 0.0",
      })
  void aSlopeBelowZeroOfEluIsPositive(String option, String message) {
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> Problem.parse("1 | 5 | type: 'elu', " + option).layer());
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void theSlopeOfHardSigmoidIsChecked() {
    for (float slope : new float[] {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY}) {
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> new HardSigmoid(slope, 0.5f));
      assertEquals("hardSigmoid: slope must be a number above 0; got " + slope, error.getMessage());
    }
    assertThrows(ConvoyException.class, () -> new HardSigmoid(1f, Float.NaN));
  }

  @Test
  void theLimitsOfHardTanhAreChecked() {
    for (float max : new float[] {-1f, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
      ConvoyException error = assertThrows(ConvoyException.class, () -> new HardTanh(0.5f, max));
      assertEquals(
          "hardTanh: min must be a number below max; got 0.5 and " + max, error.getMessage());
    }
    assertThrows(ConvoyException.class, () -> new HardTanh(Float.NEGATIVE_INFINITY, 1f));
  }

  @Test
  void oneInputIsTaken() {
    List<Shape> two = List.of(Shape.of(7), Shape.of(7));
    for (String name : List.of("leakyRelu", "sigmoid", "tanh", "relu", "relu6", "hardTanh")) {
      Layer layer = Problem.parse("1 | 7 | type: '" + name + "'").layer();
      ConvoyException error = assertThrows(ConvoyException.class, () -> layer.outputShape(two));
      assertEquals(name + " takes one input; got 2: [7, 7]", error.getMessage());
    }
  }
}
