package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Products, of inputs of one shape and of images with a factor for each channel. */
class MultiplyTest {
  static Stream<List<Shape>> shapes() {
    return Stream.of(
        List.of(Shape.of(13), Shape.of(13)),
        List.of(Shape.of(5, 7, 3), Shape.of(5, 7, 3)),
        List.of(Shape.of(5, 7, 3), Shape.of(3)),
        List.of(Shape.of(9, 1, 40), Shape.of(40)),
        List.of(Shape.of(1, 1, 17), Shape.of(17)),
        List.of(Shape.of(33, 65, 16), Shape.of(16)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void productsAndTheirGradients(List<Shape> shapes) {
    for (int halo : new int[] {0, 2}) {
      try (LayerRig rig = new LayerRig(new Multiply(), 3, shapes, halo, 2)) {
        Images y = rig.forward();
        Images x = rig.input(0);
        Images by = rig.input(1);
        boolean factors = !shapes.get(0).equals(shapes.get(1));
        y.forEach(
            (n, c, h, w) -> {
              double factor = factors ? by.get(n, c, 0, 0) : by.get(n, c, h, w);
              assertEquals((float) (x.get(n, c, h, w) * factor), (float) y.get(n, c, h, w));
            });
        rig.checkGradients();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void threadsChangeNoBit(List<Shape> shapes) {
    try (LayerRig one = new LayerRig(new Multiply(), 5, shapes, 1, 1);
        LayerRig three = new LayerRig(new Multiply(), 5, shapes, 1, 3)) {
      one.backward();
      three.backward();
      assertArrayEquals(one.output.data(), three.output.data());
      for (int k = 0; k < 2; k++) {
        assertArrayEquals(one.inputGradients[k].data(), three.inputGradients[k].data());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"5x7x3, 7x5x3", "5x7x3, 4", "3, 5x7x3", "5x7x3, 1x1x3"})
  void otherShapesAreRefused(String first, String second) {
    List<Shape> shapes = List.of(shape(first), shape(second));
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> new Multiply().outputShape(shapes));
    assertEquals(
        "multiply takes two inputs of one shape, or an image and a vector with a factor for each of"
            + " its channels; got ["
            + first
            + ", "
            + second
            + "]",
        error.getMessage());
  }

  private static Shape shape(String extents) {
    return Shape.of(Stream.of(extents.split("x")).mapToInt(Integer::parseInt).toArray());
  }
}
