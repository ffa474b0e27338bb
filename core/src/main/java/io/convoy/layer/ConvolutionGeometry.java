package io.convoy.layer;

import io.convoy.tensor.Shape;

/**
 * What a convolution's shape decides: how its sums are cut, and what its passes read around the
 * images.
 *
 * <p>A sum over the window runs segment by segment. Without dilation and groups, the taps of one
 * kernel row and all channels lie side by side in memory (NHWC), so a segment is a kernel row:
 *
 * <pre>
 *   segments = kernelH,            run = kernelW * channels
 *   segments = kernelH * kernelW,  run = channels / groups      with dilation or groups
 * </pre>
 *
 * @param window the forward pass's windows
 * @param outChannels output channels
 * @param groups groups of channels that do not mix
 */
record ConvolutionGeometry(Window window, int outChannels, int groups) {

  static ConvolutionGeometry of(Conv2d layer, Shape input) {
    return new ConvolutionGeometry(layer.window(input), layer.outChannels(), layer.groups());
  }

  /** A dense layer is a convolution of one pixel by one tap. */
  static ConvolutionGeometry dense(Shape input, int outFeatures) {
    Extent one = Extent.square(1);
    Window window = Window.of("linear", input, one, one, one, Padding.VALID);
    return new ConvolutionGeometry(window, outFeatures, 1);
  }

  int groupInputs() {
    return window.input().channels() / groups;
  }

  int groupOutputs() {
    return outChannels / groups;
  }

  int taps() {
    return window.kernel().height() * window.kernel().width();
  }

  boolean strided() {
    return window.stride().height() > 1 || window.stride().width() > 1;
  }

  /** Whether the taps of a kernel row lie side by side. */
  static boolean mergesRows(Window window, int groups) {
    return groups == 1 && window.dilation().width() == 1;
  }

  /** Rows of the output gradient with {@code stride - 1} zero rows between them. */
  int spreadHeight() {
    return (window.outputHeight() - 1) * window.stride().height() + 1;
  }

  int spreadWidth() {
    return (window.outputWidth() - 1) * window.stride().width() + 1;
  }

  /**
   * The backward pass for data as a forward one: the spread output gradient, correlated at stride 1
   * with the flipped kernel. Its padding may be negative, where the forward pass pads by more than
   * its window.
   */
  Window backwardWindow() {
    int top = reach(window.kernel().height(), window.dilation().height()) - window.padTop();
    int left = reach(window.kernel().width(), window.dilation().width()) - window.padLeft();
    int bottom = window.input().height() + window.padTop() - spreadHeight();
    int right = window.input().width() + window.padLeft() - spreadWidth();
    return new Window(
        Shape.of(spreadHeight(), spreadWidth(), outChannels),
        window.kernel(),
        Extent.square(1),
        window.dilation(),
        top,
        bottom,
        left,
        right,
        window.input().height(),
        window.input().width());
  }

  /** Zero pixels needed around the output's gradient; a strided layer spreads a copy instead. */
  int outputGradientHalo() {
    return strided() ? 0 : backwardWindow().halo();
  }

  private static int reach(int kernel, int dilation) {
    return (kernel - 1) * dilation;
  }
}
