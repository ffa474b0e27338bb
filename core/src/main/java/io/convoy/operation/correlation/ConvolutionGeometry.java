package io.convoy.operation.correlation;

import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.operation.Window;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a convolution's shape decides: which windows and taps its passes read, and how far they
 * reach over the edge of an image.
 *
 * @param window the forward pass's windows
 * @param outChannels output channels
 * @param groups groups of channels that do not mix
 */
public record ConvolutionGeometry(Window window, int outChannels, int groups) {
  /** A dense layer is a convolution of one pixel by one tap. */
  public static ConvolutionGeometry dense(Shape input, int outFeatures) {
    Extent one = Extent.square(1);
    Window window = Window.of("linear", input, one, one, one, Padding.VALID);
    return new ConvolutionGeometry(window, outFeatures, 1);
  }

  /** Input channels of a group. */
  public int groupInputs() {
    return window.input().channels() / groups;
  }

  /** Output channels of a group. */
  public int groupOutputs() {
    return outChannels / groups;
  }

  /** Taps of the kernel. */
  public int taps() {
    return window.kernel().height() * window.kernel().width();
  }

  /** Floats of the layer's weights. */
  public int weights() {
    return taps() * groupInputs() * outChannels;
  }

  /** Whether there is one pixel and one tap. */
  public boolean isDense() {
    return groups == 1
        && taps() == 1
        && window.input().height() * window.input().width() == 1
        && window.outputHeight() * window.outputWidth() == 1;
  }

  /** Whether every channel is kept by itself. */
  public boolean isDepthwise() {
    return groups > 1 && groupInputs() == 1 && groupOutputs() == 1;
  }

  /** Whether windows leave pixels out, down or across. */
  public boolean isStrided() {
    return window.stride().height() > 1 || window.stride().width() > 1;
  }

  /** The forward pass. */
  public Correlation forward(Tensor input, Tensor output) {
    int[] taps = new int[taps()];
    int[] offsets = new int[taps()];
    for (int tap = 0; tap < taps.length; tap++) {
      taps[tap] = tap;
      offsets[tap] =
          tap / window.kernel().width() * window.dilation().height() * input.rowStride()
              + tap
                  % window.kernel().width()
                  * window.dilation().width()
                  * input.shape().channels();
    }
    PixelGrid windows =
        PixelGrid.of(
            input,
            -window.padTop(),
            -window.padLeft(),
            window.stride(),
            window.outputHeight(),
            window.outputWidth());
    return new Correlation(windows, PixelGrid.all(output), taps, offsets, window.kernel().width());
  }

  /**
   * The backward pass for data. Input pixels that lie at the same place between the strides see the
   * same taps, each a pixel of the output's gradient further on: so there is one pass, without
   * gaps, for each such place.
   */
  public List<Correlation> backward(Tensor outputGradient, Tensor inputGradient) {
    List<Correlation> passes = new ArrayList<>();
    for (int top = 0; top < window.stride().height(); top++) {
      for (int left = 0; left < window.stride().width(); left++) {
        int height = Reach.count(window.input().height() - top, window.stride().height());
        int width = Reach.count(window.input().width() - left, window.stride().width());
        if (height > 0 && width > 0) {
          PixelGrid from = PixelGrid.of(outputGradient, 0, 0, Extent.square(1), height, width);
          PixelGrid to = PixelGrid.of(inputGradient, top, left, window.stride(), height, width);
          passes.add(backward(outputGradient, top, left, from, to));
        }
      }
    }
    return passes;
  }

  private Correlation backward(
      Tensor outputGradient, int top, int left, PixelGrid from, PixelGrid to) {
    List<Reach> rows = Reach.of(window, top, true);
    List<Reach> columns = Reach.of(window, left, false);
    int[] taps = new int[rows.size() * columns.size()];
    int[] offsets = new int[taps.length];
    int i = 0;
    for (Reach row : rows) {
      for (Reach column : columns) {
        taps[i] = row.tap() * window.kernel().width() + column.tap();
        offsets[i++] = outputGradient.at(0, row.pixels(), column.pixels()) - from.base();
      }
    }
    return new Correlation(from, to, taps, offsets, columns.size());
  }

  /** Zero pixels that the backward pass reads around the output's gradient. */
  public int outputGradientHalo() {
    int down =
        Reach.halo(
            window, window.input().height(), window.stride().height(), window.outputHeight(), true);
    int across =
        Reach.halo(
            window, window.input().width(), window.stride().width(), window.outputWidth(), false);
    return Math.max(down, across);
  }
}
