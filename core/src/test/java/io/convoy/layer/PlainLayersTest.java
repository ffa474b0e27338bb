package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers without parameters: relu, flatten, add, dropout. */
class PlainLayersTest {
  private static final int[][] SHAPES = {{1}, {13}, {207}, {5, 7, 3}, {9, 1, 10}, {1, 1, 1}};

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void reluIsTheMaximumWithZero(int halo) {
    for (int[] extents : SHAPES) {
      Shape shape = Shape.of(extents);
      try (LayerRig rig = new LayerRig(new Relu(), 3, List.of(shape), halo, 2)) {
        rig.fillInput(0, awayFromZero(3 * shape.elements()));
        Images x = rig.input(0);
        Images y = rig.forward();
        y.forEach((n, c, h, w) -> assertEquals(Math.max(0, x.get(n, c, h, w)), y.get(n, c, h, w)));
        rig.checkGradients();
      }
    }
  }

  @Test
  void reluHasNoSlopeAtZero() {
    try (LayerRig rig = LayerRig.of(new Relu(), 1, 2)) {
      rig.fillInput(0, new float[] {0f, -0f});
      rig.backward();
      assertArrayEquals(new double[2], Images.of(rig.inputGradients[0], 1).data());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void flattenOrdersByChannelRowColumn(int halo) {
    try (LayerRig rig = new LayerRig(new Flatten(), 3, List.of(Shape.of(5, 7, 10)), halo, 2)) {
      Images x = rig.input(0);
      Images y = rig.forward();
      x.forEach(
          (n, c, h, w) -> assertEquals(x.get(n, c, h, w), y.get(n, (c * 5 + h) * 7 + w, 0, 0)));
      rig.checkGradients();
    }
  }

  @Test
  void flattenTakesImages() {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> new Flatten().outputShape(List.of(Shape.of(7))));
    assertEquals(
        "flatten takes an image [height, width, channels]; got the vector [7]", error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void addAddsInOrder(int count) {
    for (int[] extents : SHAPES) {
      Shape shape = Shape.of(extents);
      List<Shape> shapes = java.util.Collections.nCopies(count, shape);
      try (LayerRig rig = new LayerRig(new Add(), 3, shapes, 1, 2)) {
        Images y = rig.forward();
        y.forEach(
            (n, c, h, w) -> {
              float sum = (float) rig.input(0).get(n, c, h, w);
              for (int k = 1; k < count; k++) {
                sum += (float) rig.input(k).get(n, c, h, w);
              }
              assertEquals(sum, (float) y.get(n, c, h, w));
            });
        rig.checkGradients();
      }
    }
  }

  @Test
  void addTakesTwoOrMoreOfOneShape() {
    ConvoyException different =
        assertThrows(
            ConvoyException.class,
            () -> new Add().outputShape(List.of(Shape.of(5, 7, 3), Shape.of(7, 5, 3))));
    assertEquals(
        "add takes two or more inputs of one shape; got [5x7x3, 7x5x3]", different.getMessage());
    ConvoyException one =
        assertThrows(ConvoyException.class, () -> new Add().outputShape(List.of(Shape.of(7))));
    assertEquals("add takes two or more inputs of one shape; got [7]", one.getMessage());
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 0.25f, 0.5f, 0.9f})
  void dropoutDropsAtItsRateAndScalesTheRest(float rate) {
    Shape shape = Shape.of(13, 11, 20);
    try (LayerRig rig = new LayerRig(new Dropout(rate), 3, List.of(shape), 1, 2)) {
      Images x = rig.input(0);
      Images y = rig.forward();
      int[] dropped = new int[1];
      y.forEach(
          (n, c, h, w) -> {
            if (y.get(n, c, h, w) == 0) {
              dropped[0]++;
            } else {
              double expected = x.get(n, c, h, w) / (1 - (double) rate);
              assertEquals(expected, y.get(n, c, h, w), 0x1p-22 * Math.abs(expected));
            }
          });
      int elements = y.data().length;
      double error = 5 * Math.sqrt(rate * (1 - rate) / elements);
      assertEquals(rate, (double) dropped[0] / elements, error);
      rig.checkGradients();
      assertArrayEquals(x.data(), rig.infer().forward().data());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wholeChannelsOrSamplesAreDroppedAtTheRate(boolean depth) {
    float rate = 0.25f;
    Layer layer = depth ? new StochasticDepth(rate) : new SpatialDropout(rate);
    int samples = depth ? 400 : 20;
    Shape shape = Shape.of(3, 4, 20);
    try (LayerRig rig = new LayerRig(layer, samples, List.of(shape), 1, 2)) {
      Images x = rig.input(0);
      Images y = rig.forward();
      int units = 0;
      int dropped = 0;
      for (int n = 0; n < samples; n++) {
        for (int c = 0; c < (depth ? 1 : 20); c++) {
          units++;
          dropped += y.get(n, c, 0, 0) == 0 ? 1 : 0;
        }
      }
      assertEquals(rate, (double) dropped / units, 5 * Math.sqrt(rate * (1 - rate) / units));
      y.forEach(
          (n, c, h, w) -> {
            double factor = y.get(n, depth ? 0 : c, 0, 0) == 0 ? 0 : 1 / (1 - (double) rate);
            double expected = factor * x.get(n, c, h, w);
            assertEquals(expected, y.get(n, c, h, w), 0x1p-22 * Math.abs(expected));
          });
      assertArrayEquals(x.data(), rig.infer().forward().data());
    }
    try (LayerRig rig = new LayerRig(layer, 5, List.of(shape), 1, 2)) {
      rig.forward();
      rig.checkGradients();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatChannelsAreDroppedDependsOnTheSampleNotOnItsPlaceOrThreads(boolean depth) {
    Layer layer = depth ? new StochasticDepth(0.5f) : new SpatialDropout(0.5f);
    Shape shape = Shape.of(3, 4, 20);
    try (LayerRig many = new LayerRig(layer, 9, List.of(shape), 0, 3);
        LayerRig one = new LayerRig(layer, 1, List.of(shape), 0, 1)) {
      assertArrayEquals(
          java.util.Arrays.copyOf(many.forward().data(), shape.elements()), one.forward().data());
    }
  }

  @Test
  void whatIsDroppedDependsOnTheSampleNotOnItsPlace() {
    Shape shape = Shape.of(207);
    try (LayerRig three = new LayerRig(new Dropout(0.5f), 3, List.of(shape), 0, 1);
        LayerRig one = new LayerRig(new Dropout(0.5f), 1, List.of(shape), 0, 1)) {
      Images all = three.forward();
      assertArrayEquals(
          java.util.Arrays.copyOf(all.data(), 207), one.forward().data(), "the first sample");
      int same = 0;
      for (int i = 0; i < 207; i++) {
        same += (all.data()[i] == 0) == (all.data()[207 + i] == 0) ? 1 : 0;
      }
      assertTrue(same > 60 && same < 147, "two samples drop apart; alike in " + same + " of 207");
    }
  }

  @Test
  void dropoutsRateIsChecked() {
    for (float rate : new float[] {-0.1f, 1f, Float.NaN}) {
      ConvoyException error = assertThrows(ConvoyException.class, () -> new Dropout(rate));
      assertEquals("dropout: rate must lie in [0, 1); got " + rate, error.getMessage());
    }
  }

  private static float[] awayFromZero(int length) {
    float[] values = Numbers.array(6, length);
    for (int i = 0; i < length; i++) {
      values[i] += Math.copySign(0.125f, values[i]);
    }
    return values;
  }
}
