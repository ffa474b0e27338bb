package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that learn how they map a channel: pRelu, channelScale; and maxout. */
class TrainedActivationsTest {
  private static final List<Shape> SHAPES =
      List.of(Shape.of(13), Shape.of(5, 7, 3), Shape.of(9, 1, 40), Shape.of(1, 1, 1));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pReluHasASlopeBelowZero(boolean shared) {
    for (Shape shape : SHAPES) {
      for (int halo : new int[] {0, 2}) {
        try (LayerRig rig = new LayerRig(new PRelu(shared, 0.25f), 3, List.of(shape), halo, 2)) {
          rig.fillInput(0, awayFromZero(3 * shape.elements()));
          Images x = rig.input(0);
          Images y = rig.forward();
          double[] slopes = rig.parameter(0);
          assertEquals(shared ? 1 : shape.channels(), slopes.length);
          y.forEach(
              (n, c, h, w) -> {
                double value = x.get(n, c, h, w);
                double below = (float) slopes[shared ? 0 : c] * (float) value;
                assertEquals((float) (value > 0 ? value : below), (float) y.get(n, c, h, w));
              });
          rig.checkGradients();
        }
      }
    }
  }

  @Test
  void pReluStartsWhereItIsTold() {
    Parameter slopes = new PRelu(false, 0.5f).parameters(List.of(Shape.of(5, 7, 3))).get(0);
    float[] values = new float[3];
    slopes.initializer().fill(values, 0, 3, 1, 1, null);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0.5f}, values);
    assertEquals(Parameter.Role.BIAS, slopes.role(), "no weight decay, as in the paper");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void channelScaleMultipliesAndAdds(boolean bias) {
    for (Shape shape : SHAPES) {
      for (int halo : new int[] {0, 2}) {
        try (LayerRig rig = new LayerRig(new ChannelScale(bias), 3, List.of(shape), halo, 2)) {
          Images x = rig.input(0);
          Images y = rig.forward();
          y.forEach(
              (n, c, h, w) -> {
                float product = (float) x.get(n, c, h, w) * (float) rig.parameter(0)[c];
                float expected = bias ? product + (float) rig.parameter(1)[c] : product;
                assertEquals(expected, (float) y.get(n, c, h, w));
              });
          rig.checkGradients();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void maxoutTakesTheLargestOfNeighbours(int pieces) {
    for (Shape shape : List.of(Shape.of(20), Shape.of(5, 7, 10), Shape.of(2, 1, 40))) {
      try (LayerRig rig = new LayerRig(new Maxout(pieces), 3, List.of(shape), 1, 2)) {
        rig.fillInput(0, spread(3 * shape.elements()));
        Images x = rig.input(0);
        Images y = rig.forward();
        assertEquals(shape.channels() / pieces, y.channels());
        y.forEach(
            (n, c, h, w) -> {
              double largest = Double.NEGATIVE_INFINITY;
              for (int i = 0; i < pieces; i++) {
                largest = Math.max(largest, x.get(n, c * pieces + i, h, w));
              }
              assertEquals(largest, y.get(n, c, h, w));
            });
        rig.checkGradients();
      }
    }
  }

  @Test
  void ofEqualMaximaTheFirstHasTheGradientAndNothingHidesANaN() {
    try (LayerRig rig = LayerRig.of(new Maxout(3), 1, 6)) {
      rig.fillInput(0, new float[] {1, 2, 2, 5, Float.NaN, 7});
      rig.backward();
      assertArrayEquals(new double[] {2, Double.NaN}, Images.of(rig.output, 1).data());
      double first = rig.projection[0];
      double second = rig.projection[1];
      assertArrayEquals(
          new double[] {0, first, 0, 0, second, 0}, Images.of(rig.inputGradients[0], 1).data());
    }
  }

  @Test
  void threadsChangeNoBit() {
    List<Shape> shapes = List.of(Shape.of(33, 17, 20));
    for (Layer layer :
        List.of(new PRelu(false, 0.25f), new PRelu(true, 0.25f), new ChannelScale(true))) {
      try (LayerRig one = new LayerRig(layer, 5, shapes, 0, 1);
          LayerRig three = new LayerRig(layer, 5, shapes, 1, 3)) {
        one.backward();
        three.backward();
        assertArrayEquals(Images.of(one.output, 5).data(), Images.of(three.output, 5).data());
        assertArrayEquals(one.gradient, three.gradient, layer.toString());
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    ConvoyException pieces =
        assertThrows(
            ConvoyException.class, () -> new Maxout(2).outputShape(List.of(Shape.of(9, 7, 3))));
    assertEquals(
        "maxout: pieces must divide the input's channels; got pieces 2, input 9x7x3",
        pieces.getMessage());
    ConvoyException none = assertThrows(ConvoyException.class, () -> new Maxout(0));
    assertEquals("maxout: pieces must be at least 1; got 0", none.getMessage());
    ConvoyException initial =
        assertThrows(ConvoyException.class, () -> new PRelu(false, Float.NaN));
    assertEquals("pRelu: initial must be a finite number; got NaN", initial.getMessage());
  }

  private static float[] awayFromZero(int length) {
    float[] values = Numbers.array(6, length);
    for (int i = 0; i < length; i++) {
      values[i] += Math.copySign(0.125f, values[i]);
    }
    return values;
  }

  /** Values so far apart that a step of a gradient check changes no maximum. */
  private static float[] spread(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (i * 37 % 101 - 50) / 10f;
    }
    return values;
  }
}
