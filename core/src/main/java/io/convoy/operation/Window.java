package io.convoy.operation;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;

/**
 * The windows of a convolution or pooling over an image, worked out: output size, padding on each
 * side, all in pixels.
 *
 * <pre>
 *   outputHeight = floor((inputHeight + padTop + padBottom - dilation (kernel - 1) - 1) / stride) + 1
 * </pre>
 */
public record Window(
    Shape input,
    Extent kernel,
    Extent stride,
    Extent dilation,
    int padTop,
    int padBottom,
    int padLeft,
    int padRight,
    int outputHeight,
    int outputWidth) {

  /**
   * Works the windows out.
   *
   * @param layer the name of the layer, for errors
   * @throws ConvoyException when the window does not fit into the padded image
   */
  public static Window of(
      String layer, Shape input, Extent kernel, Extent stride, Extent dilation, Padding padding) {
    int windowHeight = dilation.height() * (kernel.height() - 1) + 1;
    int windowWidth = dilation.width() * (kernel.width() - 1) + 1;
    int top = padding.before(input.height(), windowHeight, stride.height(), true);
    int bottom = padding.after(input.height(), windowHeight, stride.height(), true);
    int left = padding.before(input.width(), windowWidth, stride.width(), false);
    int right = padding.after(input.width(), windowWidth, stride.width(), false);
    int spareHeight = input.height() + top + bottom - windowHeight;
    int spareWidth = input.width() + left + right - windowWidth;
    if (spareHeight < 0 || spareWidth < 0) {
      throw ConvoyException.usage(
          "%s: the window must fit into the padded image; window %dx%d (kernel %s, dilation %s),"
              + " image %s padded to %dx%d: use a smaller kernel or more padding",
          layer,
          windowHeight,
          windowWidth,
          kernel,
          dilation,
          input,
          input.height() + top + bottom,
          input.width() + left + right);
    }
    return new Window(
        input,
        kernel,
        stride,
        dilation,
        top,
        bottom,
        left,
        right,
        spareHeight / stride.height() + 1,
        spareWidth / stride.width() + 1);
  }

  /** The widest padding of the four sides: what the input's halo must hold. */
  public int halo() {
    return Math.max(0, Math.max(Math.max(padTop, padBottom), Math.max(padLeft, padRight)));
  }

  /** Output pixels of one image. */
  public int outputPixels() {
    return outputHeight * outputWidth;
  }
}
