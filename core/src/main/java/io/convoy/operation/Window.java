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

  /** Floats of an array at the most, as for a {@link Shape}. */
  private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 64;

  /**
   * Works the windows out.
   *
   * @param layer the name of the layer, for errors
   * @throws ConvoyException when the window does not fit into the padded image
   */
  public static Window of(
      String layer, Shape input, Extent kernel, Extent stride, Extent dilation, Padding padding) {
    long windowHeight = (long) dilation.height() * (kernel.height() - 1) + 1;
    long windowWidth = (long) dilation.width() * (kernel.width() - 1) + 1;
    long top = padding.before(input.height(), windowHeight, stride.height(), true);
    long bottom = padding.after(input.height(), windowHeight, stride.height(), true);
    long left = padding.before(input.width(), windowWidth, stride.width(), false);
    long right = padding.after(input.width(), windowWidth, stride.width(), false);
    long height = input.height() + top + bottom;
    long width = input.width() + left + right;
    if (windowHeight > height || windowWidth > width) {
      throw ConvoyException.usage(
          "%s: the window must fit into the padded image; window %dx%d (kernel %s, dilation %s),"
              + " image %s padded to %dx%d: use a smaller kernel or more padding",
          layer, windowHeight, windowWidth, kernel, dilation, input, height, width);
    }
    long halo = Math.max(Math.max(top, bottom), Math.max(left, right));
    long row = product(input.width() + 2 * halo, input.channels());
    if (product(input.height() + 2 * halo, row) > MAX_ELEMENTS
        || product(stride.height(), row) > MAX_ELEMENTS) {
      throw ConvoyException.usage(
          "%s: an image with %d pixels of padding on each side, and a step of the window in it, must"
              + " stay below 2^31 elements; got image %s, stride %s, window %dx%d: use less padding"
              + " or a smaller kernel, dilation or stride",
          layer, halo, input, stride, windowHeight, windowWidth);
    }
    return new Window(
        input,
        kernel,
        stride,
        dilation,
        (int) top,
        (int) bottom,
        (int) left,
        (int) right,
        (int) ((height - windowHeight) / stride.height() + 1),
        (int) ((width - windowWidth) / stride.width() + 1));
  }

  /** The one window that is the whole image. */
  public static Window whole(String layer, Shape input) {
    Extent all = new Extent(input.height(), input.width());
    return of(layer, input, all, all, Extent.square(1), Padding.VALID);
  }

  /**
   * These windows, and behind them those that begin in the image, or in the padding before it, and
   * end past the padding behind it.
   *
   * <pre>
   *   outputHeight = ceil((inputHeight + padTop + padBottom - dilation (kernel - 1) - 1) / stride) + 1
   * </pre>
   *
   * less 1 where the last one would begin in the padding behind the image.
   */
  public Window withPartWindows() {
    return new Window(
        input,
        kernel,
        stride,
        dilation,
        padTop,
        padBottom,
        padLeft,
        padRight,
        withPart(outputHeight, stride.height(), padTop, input.height(), padBottom, true),
        withPart(outputWidth, stride.width(), padLeft, input.width(), padRight, false));
  }

  private int withPart(int whole, int step, int before, int size, int after, boolean down) {
    int reach = down ? kernel.height() : kernel.width();
    int spacing = down ? dilation.height() : dilation.width();
    long next = (long) whole * step;
    long end = next - step + (long) spacing * (reach - 1) + 1;
    return end < (long) before + size + after && next < (long) before + size ? whole + 1 : whole;
  }

  /** A product of positive factors; one that is beyond an array is told as just beyond. */
  private static long product(long a, long b) {
    return a > MAX_ELEMENTS / b ? MAX_ELEMENTS + 1 : a * b;
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
