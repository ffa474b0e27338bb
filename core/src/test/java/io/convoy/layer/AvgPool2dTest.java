package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.reference.Images;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both poolings by mean. */
class AvgPool2dTest {
  private static final String POOL = "type: 'avgPool2d', ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 | 8, 6, 3 | kernel: 2",
        "2 | 9, 7, 10 | kernel: 2",
        "2 | 9, 7, 6 | kernel: 3, stride: 2",
        "2 | 9, 7, 20 | kernel: 3, stride: 2, padding: 1",
        "2 | 9, 7, 20 | kernel: 3, stride: 2, padding: 1, countIncludePad: false",
        "2 | 11, 9, 1 | kernel: 3, stride: 1, padding: 'same'",
        "2 | 11, 9, 1 | kernel: 3, stride: 1, padding: 'same', countIncludePad: false",
        "2 | 10, 8, 6 | kernel: 3, stride: 2, padding: 'same', countIncludePad: false",
        "2 | 8, 7, 17 | kernel: 2, stride: 1, padding: [[1, 0], [0, 1]], countIncludePad: false",
        "2 | 8, 10, 3 | kernel: 3, stride: 2, padding: [[1, 2], [2, 0]]",
        "2 | 11, 9, 3 | kernel: 5, stride: 2, padding: 2, countIncludePad: true",
        "2 | 7, 13, 3 | kernel: [1, 7], stride: [2, 3], padding: [0, 3], countIncludePad: false",
        "2 | 7, 13, 3 | kernel: 2, stride: 3",
        "2 | 6, 5, 3 | kernel: 3, stride: 1, padding: 2, countIncludePad: false",
        "2 | 3, 2, 17 | kernel: 5, stride: 1, padding: 2, countIncludePad: false",
        "2 | 8, 6, 3 | kernel: 3, stride: 2, ceilMode: true",
        "2 | 9, 8, 10 | kernel: 3, stride: 2, padding: 1, ceilMode: true",
        "2 | 5, 11, 3 | kernel: 2, stride: 3, padding: 1, ceilMode: true",
        "1 | 13, 10, 5 | kernel: [3, 2], stride: [3, 4], ceilMode: true",
        "2 | 5, 11, 3 | kernel: 4, stride: 3, padding: 1, countIncludePad: false, ceilMode: true",
        "1 | 1, 1, 100 | kernel: 1",
        "1 | 3, 5, 1 | kernel: [3, 5]",
      })
  void forwardIsTheMeanAndGradientsAreThoseOfCentralDifferences(String line) {
    Problem problem = Problem.parse(line.replaceFirst("\\| (?=k)", "| " + POOL));
    try (LayerRig rig = problem.rig()) {
      assertMean((AvgPool2d) problem.layer(), rig.input(0), rig.forward());
      rig.checkGradients();
    }
  }

  private static void assertMean(AvgPool2d layer, Images x, Images y) {
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
    assertEquals(down.outputs(), y.height());
    assertEquals(across.outputs(), y.width());
    int window = kernel.height() * kernel.width();
    y.forEach(
        (n, c, h, w) -> {
          double sum = 0;
          double sizes = 0;
          int padded = 0;
          int inside = 0;
          for (int kh = 0; kh < kernel.height(); kh++) {
            for (int kw = 0; kw < kernel.width(); kw++) {
              int row = h * stride.height() + kh - down.before();
              int column = w * stride.width() + kw - across.before();
              sum += x.get(n, c, row, column);
              sizes += Math.abs(x.get(n, c, row, column));
              inside += x.inside(row, column) ? 1 : 0;
              boolean counts =
                  !layer.ceilMode()
                      || (row < x.height() + layer.padding().after().height()
                          && column < x.width() + layer.padding().after().width());
              padded += counts ? 1 : 0;
            }
          }
          int count = layer.countIncludePad() ? padded : inside;
          double bound = 0x1p-24 * (window + 1) * sizes / count;
          assertEquals(sum / count, y.get(n, c, h, w), bound, layer + " " + h + ", " + w);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"3 | 9, 7, 10", "1 | 1, 1, 1", "2 | 1, 13, 3", "2 | 13, 1, 20", "5 | 7, 7, 100"})
  void globalIsTheMeanOfAllPixelsAndItsGradientIsThatOfCentralDifferences(String line) {
    Problem problem = Problem.parse(line + " | type: 'globalAvgPool'");
    try (LayerRig rig = problem.rig()) {
      Images x = rig.input(0);
      Images y = rig.forward();
      assertEquals(Shape.of(x.channels()), rig.output.shape());
      double[] sums = new double[y.data().length];
      double[] sizes = new double[sums.length];
      x.forEach(
          (n, c, h, w) -> {
            sums[n * x.channels() + c] += x.get(n, c, h, w);
            sizes[n * x.channels() + c] += Math.abs(x.get(n, c, h, w));
          });
      int pixels = x.height() * x.width();
      for (int i = 0; i < sums.length; i++) {
        double bound = 0x1p-24 * (x.height() + x.width() + 1) * sizes[i] / pixels;
        assertEquals(sums[i] / pixels, y.data()[i], bound, "output " + i);
      }
      rig.checkGradients();
    }
  }

  /** Multiplied by a rounded 1 / 49, forty-nine times 1 would not be 1. */
  @Test
  void theMeanOfEqualPixelsIsThatPixel() {
    for (int size : new int[] {3, 5, 7, 11}) {
      try (LayerRig rig = LayerRig.of(new GlobalAvgPool(), 1, size, size, 5)) {
        float[] ones = new float[size * size * 5];
        Arrays.fill(ones, 1f);
        rig.fillInput(0, ones);
        assertArrayEquals(new double[] {1, 1, 1, 1, 1}, rig.forward().data());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void halosOfOthersHaveNoPart(int halo) {
    AvgPool2d layer = new AvgPool2d(Extent.square(3), Extent.square(2), Padding.of(1), false);
    for (Layer pool : List.of(layer, new GlobalAvgPool())) {
      List<Shape> shapes = List.of(Shape.of(9, 7, 10));
      try (LayerRig plain = new LayerRig(pool, 3, shapes, 0, 1);
          LayerRig framed = new LayerRig(pool, 3, shapes, halo, 3)) {
        plain.backward();
        framed.backward();
        assertArrayEquals(
            Images.of(plain.output, 3).data(), Images.of(framed.output, 3).data(), pool + " y");
        assertArrayEquals(
            Images.of(plain.inputGradients[0], 3).data(),
            Images.of(framed.inputGradients[0], 3).data(),
            pool + " dx");
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refuses(
        "network.layers[0]: avgPool2d: padding must be less than the kernel; got padding 3,"
            + " kernel 3x3",
        POOL + "kernel: 3, padding: 3");
    refuses(
        "network.layers[0]: avgPool2d: kernel must be at least 1; got 0x3",
        POOL + "kernel: [0, 3]");
    refuses(
        "network.layers[0]: avgPool2d: stride must be at least 1; got 0x0",
        POOL + "kernel: 3, stride: 0");
    refuses("network.layers[0]: kernel is missing", POOL + "stride: 1");
    refuses(
        "layer 'avgPool2d_1': avgPool2d: the window must fit into the padded image; window 11x11"
            + " (kernel 11x11, dilation 1x1), image 9x9x1 padded to 9x9: use a smaller kernel or"
            + " more padding",
        POOL + "kernel: 11");
  }

  private static void refuses(String message, String options) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Problem.parse("1 | 9, 9, 1 | " + options));
    assertEquals(message, error.getMessage());
  }
}
