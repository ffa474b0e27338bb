package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.kernel.Kernels;
import io.convoy.reference.Images;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Conv2dTest {
  private static final String CONV = "type: 'conv2d', ";

  /** samples | height, width, channels | options. */
  static Stream<String> problems() {
    return Stream.of(
            "3 | 7, 5, 1 | outChannels: 1, kernel: 1",
            "2 | 7, 9, 3 | outChannels: 6, kernel: 1",
            "2 | 9, 7, 20 | outChannels: 100, kernel: 1, bias: false",
            "2 | 9, 7, 6 | outChannels: 10, kernel: 1, stride: 2",
            "2 | 7, 9, 3 | outChannels: 5, kernel: 1, padding: 2",
            "3 | 7, 9, 16 | outChannels: 64, kernel: 1",
            "2 | 9, 11, 130 | outChannels: 128, kernel: 1",
            "3 | 5, 7, 3 | outChannels: 10, kernel: 2",
            "3 | 9, 11, 5 | outChannels: 16, kernel: 3",
            "2 | 5, 7, 3 | outChannels: 10, kernel: 2, padding: 'same'",
            "2 | 7, 5, 6 | outChannels: 3, kernel: 2, stride: 3, padding: 'same'",
            "3 | 9, 11, 1 | outChannels: 10, kernel: 3",
            "2 | 11, 9, 3 | outChannels: 20, kernel: 3, padding: 'same'",
            "2 | 7, 9, 10 | outChannels: 6, kernel: 3, padding: 'same', bias: false",
            "1 | 5, 7, 100 | outChannels: 20, kernel: 3, padding: 1",
            "1 | 7, 5, 20 | outChannels: 100, kernel: 3, padding: 'same'",
            "2 | 9, 11, 3 | outChannels: 10, kernel: 3, stride: 2",
            "2 | 9, 11, 6 | outChannels: 10, kernel: 3, stride: 2, padding: 'same'",
            "2 | 10, 8, 6 | outChannels: 10, kernel: 3, stride: 2, padding: 'same'",
            "2 | 9, 11, 3 | outChannels: 10, kernel: 3, stride: 2, padding: 1",
            "2 | 11, 13, 3 | outChannels: 6, kernel: 3, stride: 3, padding: 1",
            "2 | 11, 13, 3 | outChannels: 6, kernel: 2, stride: 3",
            "2 | 11, 13, 3 | outChannels: 6, kernel: 3, stride: [1, 2], padding: 'same'",
            "2 | 7, 5, 3 | outChannels: 6, kernel: 3, padding: 4",
            "2 | 7, 5, 3 | outChannels: 6, kernel: 3, padding: 5, stride: 2",
            "2 | 9, 7, 3 | outChannels: 6, kernel: 5, padding: 2",
            "2 | 9, 7, 6 | outChannels: 3, kernel: 5",
            "2 | 9, 7, 6 | outChannels: 3, kernel: 5, stride: 2, padding: 'same'",
            "2 | 5, 5, 3 | outChannels: 6, kernel: 5",
            "2 | 3, 3, 3 | outChannels: 6, kernel: 5, padding: 'same'",
            "2 | 5, 11, 3 | outChannels: 6, kernel: [1, 7], padding: 'same'",
            "2 | 11, 5, 3 | outChannels: 6, kernel: [7, 1], padding: [3, 0]",
            "2 | 5, 11, 6 | outChannels: 10, kernel: [1, 7], stride: [2, 3]",
            "2 | 9, 11, 3 | outChannels: 6, kernel: [3, 2], padding: [0, 1]",
            "2 | 9, 11, 3 | outChannels: 6, kernel: 3, dilation: 2",
            "2 | 9, 11, 3 | outChannels: 6, kernel: 3, dilation: 2, padding: 'same'",
            "2 | 9, 11, 3 | outChannels: 6, kernel: 3, dilation: 2, stride: 2, padding: 3",
            "2 | 9, 11, 3 | outChannels: 6, kernel: 3, dilation: [2, 1], padding: 'same'",
            "2 | 9, 11, 3 | outChannels: 6, kernel: 3, dilation: [1, 3], padding: 'same'",
            "2 | 7, 9, 6 | outChannels: 10, kernel: 3, groups: 2, padding: 'same'",
            "2 | 7, 9, 20 | outChannels: 100, kernel: 1, groups: 2, bias: false",
            "2 | 7, 9, 6 | outChannels: 10, kernel: 3, groups: 2, stride: 2, dilation: 2,"
                + " padding: 2",
            "2 | 7, 9, 10 | outChannels: 10, kernel: 3, groups: 10, padding: 'same'",
            "2 | 7, 9, 3 | outChannels: 6, kernel: 3, groups: 3, stride: 2, padding: 'same',"
                + " bias: false",
            "2 | 7, 9, 37 | outChannels: 37, kernel: 3, groups: 37, padding: 'same'",
            "2 | 9, 8, 33 | outChannels: 33, kernel: 3, groups: 33, stride: 2, padding: 1",
            "1 | 11, 10, 18 | outChannels: 18, kernel: 5, groups: 18, padding: 'same', bias: false",
            "2 | 9, 9, 17 | outChannels: 17, kernel: 3, groups: 17, dilation: 2",
            "2 | 5, 5, 16 | outChannels: 32, kernel: 3, groups: 16, padding: 'same'",
            "1 | 1, 1, 1 | outChannels: 1, kernel: 1",
            "1 | 1, 1, 3 | outChannels: 6, kernel: 3, padding: 1",
            "1 | 17, 1, 3 | outChannels: 6, kernel: 3, padding: 'same'")
        .map(line -> line.replaceFirst("\\| (?=[a-z])", "| " + CONV));
  }

  /** Opposite sides are padded differently. */
  static Stream<String> unevenProblems() {
    return Stream.of(
            "2 | 8, 11, 3 | outChannels: 6, kernel: 3, padding: [[2, 0], [1, 3]]",
            "2 | 8, 9, 20 | outChannels: 33, kernel: 3, padding: [[1, 0], [0, 1]]",
            "2 | 8, 9, 6 | outChannels: 10, kernel: 3, stride: 2, padding: [[1, 0], [2, 1]]",
            "2 | 7, 8, 6 | outChannels: 3, kernel: [2, 5], padding: [[3, 1], [0, 4]], dilation: 2",
            "2 | 8, 9, 18 | outChannels: 18, kernel: 3, groups: 18, padding: [[2, 0], [0, 2]]")
        .map(line -> line.replaceFirst("\\| (?=[a-z])", "| " + CONV));
  }

  /** Shapes of first layers, whose windows are read where they are. */
  static Stream<String> narrowProblems() {
    return Stream.of(
            "2 | 7, 17, 3 | outChannels: 64, kernel: 3, padding: 'same'",
            "3 | 19, 31, 3 | outChannels: 32, kernel: 3, stride: 2, padding: 1",
            "2 | 6, 28, 1 | outChannels: 32, kernel: 5, padding: 2, bias: false",
            "1 | 15, 27, 3 | outChannels: 96, kernel: 7, stride: 2, padding: 3",
            "1 | 13, 47, 3 | outChannels: 64, kernel: 11, stride: 4, padding: 2",
            "1 | 3, 88, 4 | outChannels: 160, kernel: [3, 2]",
            "2 | 9, 15, 2 | outChannels: 32, kernel: 3, dilation: [2, 1]",
            "1 | 9, 19, 2 | outChannels: 32, kernel: 3, dilation: [1, 2], padding: 'same'",
            "1 | 5, 14, 3 | outChannels: 32, kernel: [1, 2]")
        .map(line -> line.replaceFirst("\\| (?=[a-z])", "| " + CONV));
  }

  /** Shapes of depthwise convolutions, in tiles and without: samples | height, width, channels. */
  static Stream<String> depthwiseProblems() {
    return Stream.of(
            "2 | 6, 8, 24 | outChannels: 24, kernel: 3, groups: 24, padding: 1",
            "1 | 9, 9, 16 | outChannels: 16, kernel: 3, groups: 16",
            "1 | 8, 9, 20 | outChannels: 20, kernel: 3, groups: 20, dilation: [2, 1], padding: 2",
            "1 | 9, 8, 16 | outChannels: 16, kernel: 3, groups: 16, dilation: [1, 2], padding: 2",
            "1 | 17, 16, 16 | outChannels: 16, kernel: 3, groups: 16, stride: 2, padding: 'same'",
            "1 | 9, 10, 18 | outChannels: 18, kernel: 3, groups: 18, stride: 2",
            "1 | 9, 10, 16 | outChannels: 16, kernel: 3, groups: 16, stride: [1, 2], padding: 1",
            "1 | 11, 9, 16 | outChannels: 16, kernel: 3, groups: 16, stride: 3, padding: 1",
            "1 | 10, 9, 16 | outChannels: 16, kernel: 5, groups: 16, stride: 2, padding: 2",
            "1 | 7, 6, 16 | outChannels: 16, kernel: 1, groups: 16, stride: 2")
        .map(line -> line.replaceFirst("\\| (?=[a-z])", "| " + CONV));
  }

  @ParameterizedTest
  @MethodSource({"problems", "unevenProblems", "narrowProblems", "depthwiseProblems"})
  void forwardIsTheFormula(String line) {
    Problem problem = Problem.parse(line);
    try (LayerRig rig = problem.rig()) {
      checkForward(rig);
    }
  }

  /**
   * A sum of n rounded terms is off by n 2^-24 times the sum of their sizes at the most (Higham,
   * "Accuracy and Stability of Numerical Algorithms", 3.1).
   */
  private static void checkForward(LayerRig rig) {
    Conv2d layer = (Conv2d) rig.layer;
    double[] bias = layer.bias() ? rig.parameter(1) : null;
    Images y = rig.forward();
    Images expected = ReferenceConvolution.forward(layer, rig.input(0), rig.parameter(0), bias);
    Images sizes =
        ReferenceConvolution.forward(
            layer,
            absolute(rig.input(0)),
            absolute(rig.parameter(0)),
            bias == null ? null : absolute(bias));
    assertArrayEquals(
        new int[] {expected.channels(), expected.height(), expected.width()},
        new int[] {y.channels(), y.height(), y.width()});
    int terms = rig.parameter(0).length / layer.outChannels() + 2;
    for (int i = 0; i < y.data().length; i++) {
      double bound = terms * 0x1p-24 * sizes.data()[i];
      assertEquals(expected.data()[i], y.data()[i], bound, layer + " element " + i);
    }
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }

  private static Images absolute(Images x) {
    return new Images(x.count(), x.channels(), x.height(), x.width(), absolute(x.data()));
  }

  @ParameterizedTest
  @MethodSource({
    "problems",
    "unevenProblems",
    "narrowProblems",
    "depthwiseProblems",
    "minimalProblems"
  })
  void gradientsAreThoseOfCentralDifferences(String line) {
    try (LayerRig rig = Problem.parse(line).rig()) {
      rig.checkGradients();
    }
  }

  /** Shapes that are computed by Winograd's algorithm: samples | height, width, channels. */
  static Stream<String> minimalProblems() {
    return Stream.of(
            "2 | 4, 4, 16 | outChannels: 16, kernel: 3, padding: 'same'",
            "3 | 5, 7, 17 | outChannels: 70, kernel: 3, padding: 'same'",
            "2 | 11, 3, 33 | outChannels: 20, kernel: 3",
            "2 | 9, 10, 64 | outChannels: 64, kernel: 3, padding: 1, bias: false",
            "1 | 13, 14, 16 | outChannels: 130, kernel: 3, padding: 2",
            "1 | 6, 6, 200 | outChannels: 16, kernel: 3, padding: 4",
            "5 | 33, 30, 20 | outChannels: 24, kernel: 3, padding: 'same'",
            "2 | 4, 4, 16 | outChannels: 16, kernel: 5, padding: 'same'",
            "3 | 5, 7, 17 | outChannels: 70, kernel: 5, padding: 'same'",
            "2 | 11, 5, 33 | outChannels: 20, kernel: 5",
            "1 | 14, 13, 32 | outChannels: 64, kernel: 5, padding: 2, bias: false",
            "1 | 6, 7, 150 | outChannels: 16, kernel: 5, padding: 4",
            "2 | 7, 9, 40 | outChannels: 48, kernel: 3, groups: 2, padding: 'same'",
            "3 | 9, 6, 51 | outChannels: 210, kernel: 3, groups: 3, bias: false",
            "1 | 17, 12, 260 | outChannels: 32, kernel: 3, groups: 2, padding: 1",
            "2 | 9, 8, 64 | outChannels: 32, kernel: 5, groups: 2, padding: 2")
        .map(line -> line.replaceFirst("\\| (?=[a-z])", "| " + CONV));
  }

  /**
   * The error against the size of outputs: a tile is scaled by up to 100 and its rounding errors
   * with it, of which most cancel. The worst output of these is off by 1e-5 to 4e-5 of the outputs'
   * root mean square.
   */
  @ParameterizedTest
  @MethodSource("minimalProblems")
  void winogradsForwardIsTheFormulaWithinItsError(String line) {
    try (LayerRig rig = Problem.parse(line).rig()) {
      Conv2d layer = (Conv2d) rig.layer;
      double[] bias = layer.bias() ? rig.parameter(1) : null;
      double[] y = rig.forward().data();
      double[] expected =
          ReferenceConvolution.forward(layer, rig.input(0), rig.parameter(0), bias).data();
      double squares = 0;
      double worst = 0;
      for (int i = 0; i < y.length; i++) {
        squares += expected[i] * expected[i] / y.length;
        worst = Math.max(worst, Math.abs(y[i] - expected[i]));
      }
      double error = worst / Math.sqrt(squares);
      assertTrue(error < 6e-5, () -> layer + ": " + error);
    }
  }

  /** Buffers with wider halos, as other readers ask for, and more threads: the same bits. */
  @ParameterizedTest
  @MethodSource({
    "problems",
    "unevenProblems",
    "narrowProblems",
    "depthwiseProblems",
    "minimalProblems"
  })
  void neitherWiderHalosNorThreadsNorSpareRoomChangeABit(String line) {
    Problem problem = Problem.parse(line);
    List<Shape> shapes = List.of(problem.input());
    try (LayerRig plain = problem.rig();
        LayerRig wide = new LayerRig(problem.layer(), problem.samples(), shapes, 2, 3)) {
      plain.backward();
      wide.backward();
      assertArrayEquals(
          Images.of(plain.output, problem.samples()).data(),
          Images.of(wide.output, problem.samples()).data());
      assertArrayEquals(
          Images.of(plain.inputGradients[0], problem.samples()).data(),
          Images.of(wide.inputGradients[0], problem.samples()).data());
      assertArrayEquals(plain.gradient, wide.gradient);
      assertHaloIsZero(wide.output);
      assertHaloIsZero(wide.inputGradients[0]);
    }
  }

  /** All but the interior of the samples in use: the halo, and slots that nobody asked for. */
  private static void assertHaloIsZero(Tensor tensor) {
    int halo = tensor.halo();
    Shape shape = tensor.shape();
    for (int n = 0; n < tensor.capacity(); n++) {
      boolean used = n < tensor.capacity() - LayerRig.SPARE_SAMPLES;
      for (int h = -halo; h < shape.height() + halo; h++) {
        for (int w = -halo; w < shape.width() + halo; w++) {
          boolean inside = h >= 0 && h < shape.height() && w >= 0 && w < shape.width();
          if (!inside || !used) {
            for (int c = 0; c < shape.channels(); c++) {
              assertEquals(0f, tensor.data()[tensor.at(n, h, w) + c], "pixel " + h + ", " + w);
            }
          }
        }
      }
    }
  }

  @Test
  void wholeTilesMayReadPastTheLastPixel() {
    assertTrue(Kernels.SPARE_ROWS <= Tensor.SPARE_PIXELS);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    check("2 | 4, 9, 3 | " + CONV + "outChannels: 6, kernel: 5", "conv2d: the window must fit");
    check(
        "2 | 4, 9, 3 | " + CONV + "outChannels: 6, kernel: 3, groups: 2",
        "conv2d: groups must divide the input's channels; got groups 2, input 4x9x3");
    check(
        "2 | 4, 9, 3 | " + CONV + "outChannels: 5, kernel: 3, groups: 2",
        "conv2d: groups must divide outChannels; got groups 2, outChannels 5");
    check(
        "2 | 4, 9, 3 | " + CONV + "outChannels: 0, kernel: 3",
        "conv2d: outChannels must be at least 1; got 0");
    check(
        "2 | 4, 9, 3 | " + CONV + "outChannels: 6, kernel: [0, 3]",
        "conv2d: kernel must be at least 1; got 0x3");
    check(
        "2 | 4, 9, 3 | " + CONV + "outChannels: 6, kernel: 3, stride: 0",
        "conv2d: stride must be at least 1; got 0x0");
    check(
        "2 | 4, 9, 3 | " + CONV + "outChannels: 6, kernel: 3, padding: -1",
        "padding must be at least 0; got -1x-1");
    check(
        "2 | 7 | " + CONV + "outChannels: 6, kernel: 3",
        "conv2d takes an image [height, width, channels]; got the vector [7]");
  }

  private static void check(String line, String message) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> Problem.parse(line));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    if (!error.getMessage().contains(message)) {
      assertEquals(message, error.getMessage());
    }
  }
}
