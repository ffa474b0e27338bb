package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.operation.Padding;
import io.convoy.reference.Images;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transposed convolutions: each input pixel is scattered, as the formula says. */
class ConvTranspose2dTest {
  private static final String TYPE = "type: 'convTranspose2d', ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2 | 5, 7, 3 | outChannels: 4, kernel: 3",
        "3 | 5, 7, 3 | outChannels: 4, kernel: 3, bias: false",
        "2 | 5, 4, 6 | outChannels: 5, kernel: 2, stride: 2",
        "2 | 5, 4, 6 | outChannels: 5, kernel: 4, stride: 2, padding: 1",
        "2 | 5, 4, 6 | outChannels: 5, kernel: 3, stride: 2, padding: 1, outputPadding: 1",
        "2 | 4, 5, 6 | outChannels: 5, kernel: 3, stride: [3, 2], outputPadding: [2, 0]",
        "2 | 5, 4, 6 | outChannels: 7, kernel: 3, stride: 2, padding: 'same'",
        "2 | 5, 4, 6 | outChannels: 7, kernel: 1, stride: 3, padding: 'same'",
        "2 | 5, 4, 2 | outChannels: 3, kernel: 2, stride: 4",
        "1 | 4, 3, 6 | outChannels: 4, kernel: 3, dilation: 2",
        "2 | 4, 3, 6 | outChannels: 4, kernel: [1, 5], stride: [2, 1], groups: 2",
        "2 | 5, 6, 8 | outChannels: 8, kernel: 4, stride: 2, padding: 1, groups: 8",
        "2 | 9, 7, 20 | outChannels: 17, kernel: 3, padding: 1",
        "2 | 12, 13, 32 | outChannels: 32, kernel: 3, padding: 'same'",
        "2 | 1, 1, 19 | outChannels: 5, kernel: 4",
        "3 | 1, 1, 19 | outChannels: 40, kernel: 1",
        "40 | 1, 1, 19 | outChannels: 5, kernel: 1",
      })
  void outputsAreScatteredPixelsAndGradientsThoseOfDifferences(String line) {
    Problem problem = Problem.parse(line.replaceFirst("\\| (?=out)", "| " + TYPE));
    ConvTranspose2d layer = (ConvTranspose2d) problem.layer();
    try (LayerRig rig = problem.rig()) {
      Images x = rig.input(0);
      Images y = rig.forward();
      double[] bias = layer.bias() ? rig.parameter(1) : new double[layer.outChannels()];
      Images expected = scatter(layer, x, rig.parameter(0), bias, y.height(), y.width());
      double terms = x.channels() * layer.kernel().height() * layer.kernel().width() + 1.0;
      y.forEach(
          (n, c, h, w) ->
              assertEquals(expected.get(n, c, h, w), y.get(n, c, h, w), 0x1p-20 * terms, line));
      rig.checkGradients();
    }
  }

  private static Images scatter(
      ConvTranspose2d layer, Images x, double[] weights, double[] bias, int height, int width) {
    int kernelH = layer.kernel().height();
    int kernelW = layer.kernel().width();
    int strideH = layer.stride().height();
    int strideW = layer.stride().width();
    int top = cut(layer, kernelH, strideH, layer.dilation().height(), true);
    int left = cut(layer, kernelW, strideW, layer.dilation().width(), false);
    int groupInputs = x.channels() / layer.groups();
    int groupOutputs = layer.outChannels() / layer.groups();
    Images y = Images.of(x.count(), layer.outChannels(), height, width);
    y.forEach((n, c, h, w) -> y.set(n, c, h, w, bias[c]));
    x.forEach(
        (n, i, ih, iw) -> {
          for (int o = 0; o < groupOutputs; o++) {
            for (int kh = 0; kh < kernelH; kh++) {
              for (int kw = 0; kw < kernelW; kw++) {
                int h = ih * strideH + kh * layer.dilation().height() - top;
                int w = iw * strideW + kw * layer.dilation().width() - left;
                int out = i / groupInputs * groupOutputs + o;
                if (y.inside(h, w)) {
                  double weight = weights[((i * groupOutputs + o) * kernelH + kh) * kernelW + kw];
                  y.set(n, out, h, w, y.get(n, out, h, w) + weight * x.get(n, i, ih, iw));
                }
              }
            }
          }
        });
    return y;
  }

  /** Pixels that are cut off before the first one. */
  private static int cut(
      ConvTranspose2d layer, int kernel, int stride, int dilation, boolean down) {
    if (layer.padding().mode() == Padding.Mode.SAME) {
      return Math.max(0, dilation * (kernel - 1) + 1 - stride) / 2;
    }
    return down ? layer.padding().pixels().height() : layer.padding().pixels().width();
  }

  @ParameterizedTest
  @CsvSource({
    "'outChannels: 4, kernel: 2, stride: 2', 10x14x4",
    "'outChannels: 4, kernel: 4, stride: 2, padding: 1', 10x14x4",
    "'outChannels: 4, kernel: 3, stride: 2, padding: 1, outputPadding: 1', 10x14x4",
    "'outChannels: 4, kernel: 5, stride: 3, padding: ''same''', 15x21x4",
    "'outChannels: 4, kernel: 3', 7x9x4",
  })
  void sizesAreThoseOfTheFormula(String options, String expected) {
    Layer layer = Problem.parse("1 | 5, 7, 3 | " + TYPE + options).layer();
    assertEquals(expected, layer.outputShape(List.of(Shape.of(5, 7, 3))).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "outChannels: 17, kernel: 3, stride: 2, padding: 1",
        "outChannels: 32, kernel: 3, padding: 1"
      })
  void threadsAndHalosChangeNoBit(String options) {
    Layer layer = Problem.parse("1 | 9, 13, 20 | " + TYPE + options).layer();
    List<Shape> shapes = List.of(Shape.of(9, 13, 20));
    try (LayerRig one = new LayerRig(layer, 4, shapes, 0, 1);
        LayerRig three = new LayerRig(layer, 4, shapes, 2, 3)) {
      one.backward();
      three.backward();
      assertArrayEquals(Images.of(one.output, 4).data(), Images.of(three.output, 4).data());
      assertArrayEquals(
          Images.of(one.inputGradients[0], 4).data(), Images.of(three.inputGradients[0], 4).data());
      assertArrayEquals(one.gradient, three.gradient);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "outChannels: 0, kernel: 3| convTranspose2d: outChannels must be at least 1; got 0",
        "outChannels: 4, kernel: 3, groups: 3| convTranspose2d: groups must divide outChannels; got"
            + " groups 3, outChannels 4",
        "outChannels: 4, kernel: 3, groups: 2| convTranspose2d: groups must divide the input's"
            + " channels; got groups 2, input 5x7x3",
        "outChannels: 4, kernel: 3, outputPadding: 1| convTranspose2d: outputPadding must be at"
            + " least 0 and less than the stride, and 0 where the padding is same; got"
            + " outputPadding 1x1, stride 1x1",
        "outChannels: 4, kernel: 1, padding: 3| convTranspose2d: the output must have at least one"
            + " pixel, and below 2^31 each way; got -1x1",
        "outChannels: 4, kernel: 3, stride: 2147483647| convTranspose2d: the output must have at"
            + " least one pixel, and below 2^31 each way; got 8589934591x12884901885",
      })
  void whatDoesNotFitIsRefused(String options, String message) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Problem.parse("1 | 5, 7, 3 | " + TYPE + options));
    String text = error.getMessage();
    assertEquals(message, text.substring(text.indexOf(": ") + 2));
  }
}
