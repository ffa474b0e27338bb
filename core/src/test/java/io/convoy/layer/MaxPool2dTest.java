package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.operation.Extent;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxPool2dTest {
  private static final String POOL = "type: 'maxPool2d', ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 | 8, 6, 3 | kernel: 2",
        "2 | 9, 7, 10 | kernel: 2",
        "2 | 9, 7, 6 | kernel: 3, stride: 2",
        "2 | 9, 7, 20 | kernel: 3, stride: 2, padding: 1",
        "2 | 11, 9, 1 | kernel: 3, stride: 1, padding: 'same'",
        "2 | 10, 8, 6 | kernel: 3, stride: 2, padding: 'same'",
        "2 | 11, 9, 3 | kernel: 5, stride: 2, padding: 2",
        "2 | 7, 13, 3 | kernel: [1, 7], stride: [2, 3]",
        "2 | 7, 13, 3 | kernel: 2, stride: 3",
        "2 | 8, 6, 3 | kernel: 3, stride: 2, ceilMode: true",
        "2 | 9, 8, 10 | kernel: 3, stride: 2, padding: 1, ceilMode: true",
        "2 | 5, 11, 3 | kernel: 2, stride: 3, padding: 1, ceilMode: true",
        "1 | 13, 10, 5 | kernel: [3, 2], stride: [3, 4], ceilMode: true",
        "2 | 6, 5, 3 | kernel: 3, stride: 1, padding: 2",
        "2 | 8, 7, 17 | kernel: 2, stride: 1, padding: [[1, 0], [0, 1]]",
        "2 | 8, 10, 3 | kernel: 3, stride: 2, padding: [[1, 2], [2, 0]]",
        "1 | 1, 1, 100 | kernel: 1",
        "1 | 3, 5, 1 | kernel: [3, 5]",
      })
  void forwardIsTheMaximumAndItsGradientGoesThere(String line) {
    Problem problem = Problem.parse(line.replaceFirst("\\| (?=k)", "| " + POOL));
    try (LayerRig rig = problem.rig()) {
      // apart by more than the step of the check, so that no maximum changes hands; below zero too,
      // so that a zero of the frame would win
      int[] order = Numbers.permutation(3, problem.samples() * problem.input().elements());
      float[] values = new float[order.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = order[i] * 0.125f - order.length * 0.1f;
      }
      rig.fillInput(0, values);
      assertArrayEquals(
          expected((MaxPool2d) problem.layer(), rig.input(0)).data(), rig.forward().data());
      rig.checkGradients();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3 | 8, 6, 3", "2 | 1, 1, 17", "2 | 9, 7, 70", "1 | 33, 65, 5"})
  void globalIsTheMaximumOfAllPixelsAndItsGradientGoesThere(String line) {
    Problem problem = Problem.parse(line + " | type: 'globalMaxPool'");
    try (LayerRig rig = problem.rig()) {
      int[] order = Numbers.permutation(3, problem.samples() * problem.input().elements());
      float[] values = new float[order.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = order[i] * 0.125f - order.length * 0.1f;
      }
      rig.fillInput(0, values);
      Images x = rig.input(0);
      Images y = rig.forward();
      y.forEach(
          (n, c, h, w) -> {
            double most = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < x.height(); row++) {
              for (int column = 0; column < x.width(); column++) {
                most = Math.max(most, x.get(n, c, row, column));
              }
            }
            assertEquals(most, y.get(n, c, h, w));
          });
      rig.checkGradients();
    }
  }

  private static Images expected(MaxPool2d layer, Images x) {
    Extent kernel = layer.kernel();
    Extent stride = layer.stride();
    var down =
        layer.ceilMode()
            ? ReferenceConvolution.ceil(
                layer.padding(), x.height(), kernel.height(), stride.height(), Extent::height)
            : ReferenceConvolution.Axis.of(
                layer.padding(), x.height(), kernel.height(), stride.height(), 1, Extent::height);
    var across =
        layer.ceilMode()
            ? ReferenceConvolution.ceil(
                layer.padding(), x.width(), kernel.width(), stride.width(), Extent::width)
            : ReferenceConvolution.Axis.of(
                layer.padding(), x.width(), kernel.width(), stride.width(), 1, Extent::width);
    Images y = Images.of(x.count(), x.channels(), down.outputs(), across.outputs());
    y.forEach(
        (n, c, h, w) -> {
          double most = Double.NEGATIVE_INFINITY;
          for (int kh = 0; kh < kernel.height(); kh++) {
            for (int kw = 0; kw < kernel.width(); kw++) {
              int row = h * stride.height() + kh - down.before();
              int column = w * stride.width() + kw - across.before();
              if (x.inside(row, column)) {
                most = Math.max(most, x.get(n, c, row, column));
              }
            }
          }
          y.set(n, c, h, w, most);
        });
    return y;
  }

  @Test
  void ofEqualPixelsTheFirstInRowOrderGetsTheGradient() {
    try (LayerRig rig = LayerRig.of(MaxPool2d.of(2), 1, 2, 2, 3)) {
      rig.fillInput(0, new float[12]);
      rig.backward();
      Images gradient = Images.of(rig.inputGradients[0], 1);
      gradient.forEach(
          (n, c, h, w) ->
              assertEquals(h + w == 0 ? rig.projection[c] : 0, gradient.get(n, c, h, w)));
    }
  }

  /** A NaN must not vanish in a maximum: the divergence would be found steps later or never. */
  @Test
  void aNotANumberComesThrough() {
    for (int place = 0; place < 4; place++) {
      try (LayerRig rig = LayerRig.of(MaxPool2d.of(2), 1, 2, 2, 1)) {
        float[] values = {1, 2, 3, 4};
        values[place] = Float.NaN;
        rig.fillInput(0, values);
        assertEquals(Double.NaN, rig.forward().data()[0], "NaN at " + place);
      }
    }
  }

  @Test
  void optionsAreChecked() {
    ConvoyException padding =
        assertThrows(
            ConvoyException.class,
            () -> Problem.parse("1 | 9, 9, 1 | " + POOL + "kernel: 3, padding: 3"));
    assertEquals(
        "network.layers[0]: maxPool2d: padding must be less than the kernel; got padding 3,"
            + " kernel 3x3",
        padding.getMessage());
    ConvoyException sides =
        assertThrows(
            ConvoyException.class,
            () -> Problem.parse("1 | 9, 9, 1 | " + POOL + "kernel: 3, padding: [[0, 3], [1, 1]]"));
    assertEquals(
        "network.layers[0]: maxPool2d: padding must be less than the kernel; got padding [[0, 3], [1,"
            + " 1]], kernel 3x3",
        sides.getMessage());
    ConvoyException kernel = assertThrows(ConvoyException.class, () -> MaxPool2d.of(0));
    assertEquals("maxPool2d: kernel must be at least 1; got 0x0", kernel.getMessage());
  }
}
