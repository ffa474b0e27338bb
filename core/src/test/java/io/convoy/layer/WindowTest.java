package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.operation.Window;
import io.convoy.tensor.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes are whole numbers, not whole numbers modulo 2^32. */
class WindowTest {
  private static final int MAX = Integer.MAX_VALUE;
  private static final int[] SIZES = {1, 2, 3, 1000, 65_535, 65_536, 1 << 30, MAX - 1, MAX};

  @Test
  void anAbsurdWindowIsToldAsItIs() {
    refuses(
        "conv2d: the window must fit into the padded image; window 4294967295x4294967295 (kernel"
            + " 3x3, dilation 2147483647x2147483647), image 8x8x1 padded to 8x8: use a smaller"
            + " kernel or more padding",
        Conv2d.of(1, 3).withDilation(MAX));
    refuses(
        "conv2d: an image with 2147483647 pixels of padding on each side, and a step of the window"
            + " in it, must stay below 2^31 elements; got image 8x8x1, stride 1x1, window 3x3: use"
            + " less padding or a smaller kernel, dilation or stride",
        Conv2d.of(1, 3).withPadding(Padding.of(MAX)));
    refuses(
        "conv2d: an image with 2147483647 pixels of padding on each side",
        Conv2d.of(1, 3).withPadding(Padding.SAME).withDilation(MAX));
    refuses("conv2d: an image with 0 pixels of padding", Conv2d.of(1, 3).withStride(MAX));
    refuses(
        "conv2d: an image with 1073741821 pixels of padding",
        Conv2d.of(1, 3).withPadding(Padding.SAME).withStride(MAX).withDilation(1 << 30));
  }

  private static void refuses(String message, Conv2d layer) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> layer.outputShape(List.of(Shape.of(8, 8, 1))));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }

  /** What is not refused has the size that whole numbers without end give. */
  @Test
  void sizesAreExactOrRefused() {
    List<Padding> paddings = new ArrayList<>(List.of(Padding.SAME, Padding.VALID));
    for (int size : SIZES) {
      paddings.add(Padding.of(size));
      paddings.add(new Padding(Padding.Mode.PIXELS, new Extent(size, 0), new Extent(3, 0)));
    }
    int accepted = 0;
    for (int height : new int[] {1, 2, 7, 1000, 1 << 24}) {
      for (int kernel : SIZES) {
        for (int stride : SIZES) {
          for (int dilation : SIZES) {
            for (Padding padding : paddings) {
              accepted +=
                  isExact(Shape.of(height, 3, 2), kernel, stride, dilation, padding) ? 1 : 0;
            }
          }
        }
      }
    }
    assertTrue(accepted > 500, accepted + " were accepted");
  }

  private static boolean isExact(
      Shape input, int kernel, int stride, int dilation, Padding padding) {
    Extent down = new Extent(kernel, 1);
    Window window;
    try {
      window =
          Window.of("it", input, down, new Extent(stride, 1), new Extent(dilation, 1), padding);
    } catch (ConvoyException refused) {
      return false;
    }
    BigInteger size =
        BigInteger.valueOf(dilation).multiply(BigInteger.valueOf(kernel - 1L)).add(BigInteger.ONE);
    BigInteger padded =
        BigInteger.valueOf((long) input.height() + window.padTop() + window.padBottom());
    BigInteger outputs =
        padded.subtract(size).divide(BigInteger.valueOf(stride)).add(BigInteger.ONE);
    assertEquals(outputs, BigInteger.valueOf(window.outputHeight()));
    assertTrue(window.padTop() >= 0 && window.padBottom() >= 0);
    if (padding.mode() == Padding.Mode.SAME) {
      assertEquals((input.height() - 1L) / stride + 1, window.outputHeight());
    }
    return true;
  }
}
