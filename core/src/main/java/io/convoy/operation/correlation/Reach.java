package io.convoy.operation.correlation;

import io.convoy.operation.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Along one axis: the tap of the kernel by which an input pixel has a part in an output pixel, and
 * how many pixels further that one lies than the input pixel's own place, counted in strides.
 */
record Reach(int tap, int pixels) {
  /** The taps for the input pixels {@code first + i * stride}, by the pixels they reach. */
  static List<Reach> of(Window window, int first, boolean down) {
    int kernel = down ? window.kernel().height() : window.kernel().width();
    int dilation = down ? window.dilation().height() : window.dilation().width();
    int stride = down ? window.stride().height() : window.stride().width();
    int padding = down ? window.padTop() : window.padLeft();
    List<Reach> reaches = new ArrayList<>();
    for (int tap = kernel - 1; tap >= 0; tap--) {
      int distance = first + padding - tap * dilation;
      if (Math.floorMod(distance, stride) == 0) {
        reaches.add(new Reach(tap, Math.floorDiv(distance, stride)));
      }
    }
    return reaches;
  }

  /** Pixels that are reached outside of the output, at either end. */
  static int halo(Window window, int size, int stride, int outputs, boolean down) {
    int halo = 0;
    for (int first = 0; first < Math.min(stride, size); first++) {
      int last = count(size - first, stride) - 1;
      for (Reach reach : of(window, first, down)) {
        halo = Math.max(halo, Math.max(-reach.pixels(), last + reach.pixels() - (outputs - 1)));
      }
    }
    return halo;
  }

  /** Every {@code stride}-th of {@code pixels}, from the first on. */
  static int count(int pixels, int stride) {
    return pixels <= 0 ? 0 : (pixels - 1) / stride + 1;
  }
}
