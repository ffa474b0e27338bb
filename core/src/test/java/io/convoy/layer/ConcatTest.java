package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcatTest {
  static Stream<List<Shape>> inputs() {
    return Stream.of(
        List.of(Shape.of(9, 7, 3), Shape.of(9, 7, 10)),
        List.of(Shape.of(9, 7, 1), Shape.of(9, 7, 1), Shape.of(9, 7, 1)),
        List.of(Shape.of(5, 1, 20), Shape.of(5, 1, 3), Shape.of(5, 1, 1), Shape.of(5, 1, 17)),
        List.of(Shape.of(13), Shape.of(207)),
        List.of(Shape.of(1), Shape.of(1)));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void channelsFollowInTheOrderOfTheInputs(List<Shape> shapes) {
    for (int halo : new int[] {0, 2}) {
      try (LayerRig rig = new LayerRig(new Concat(), 3, shapes, halo, 2)) {
        Images y = rig.forward();
        int first = 0;
        for (int k = 0; k < shapes.size(); k++) {
          Images x = rig.input(k);
          int from = first;
          x.forEach(
              (n, c, h, w) -> assertEquals(x.get(n, c, h, w), y.get(n, from + c, h, w), "" + c));
          first += x.channels();
        }
        assertEquals(first, y.channels());
        rig.checkGradients();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void threadsChangeNoBit(List<Shape> shapes) {
    try (LayerRig one = new LayerRig(new Concat(), 5, shapes, 1, 1);
        LayerRig three = new LayerRig(new Concat(), 5, shapes, 1, 3)) {
      one.backward();
      three.backward();
      assertArrayEquals(one.output.data(), three.output.data());
      for (int k = 0; k < shapes.size(); k++) {
        assertArrayEquals(one.inputGradients[k].data(), three.inputGradients[k].data());
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    String rule =
        "concat takes two or more images of one height and width, or two or more vectors; got ";
    refuses(rule + "[7]", Shape.of(7));
    refuses(rule + "[5x7x3, 7x5x3]", Shape.of(5, 7, 3), Shape.of(7, 5, 3));
    refuses(rule + "[1x1x3, 3]", Shape.of(1, 1, 3), Shape.of(3));
    int half = 1 << 30;
    refuses(
        "a shape holds at most 2^31 elements; got [2147483647]",
        Shape.of(half),
        Shape.of(half),
        Shape.of(half));
  }

  private static void refuses(String message, Shape... shapes) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> new Concat().outputShape(List.of(shapes)));
    assertEquals(message, error.getMessage());
  }
}
