package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that map each element by itself: leaky relu, sigmoid, tanh. */
class ActivationTest {
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
        new Case(new Tanh(), StrictMath::tanh));
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
                assertEquals(expected, y.get(n, c, h, w), 0x1p-22 * Math.abs(expected));
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

  @Test
  void oneInputIsTaken() {
    List<Shape> two = List.of(Shape.of(7), Shape.of(7));
    for (String name : List.of("leakyRelu", "sigmoid", "tanh")) {
      Layer layer = Problem.parse("1 | 7 | type: '" + name + "'").layer();
      ConvoyException error = assertThrows(ConvoyException.class, () -> layer.outputShape(two));
      assertEquals(name + " takes one input; got 2: [7, 7]", error.getMessage());
    }
  }
}
