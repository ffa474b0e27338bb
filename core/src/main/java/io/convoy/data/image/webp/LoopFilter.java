package io.convoy.data.image.webp;

/** Smooths the edges of blocks (RFC 6386, section 15). */
final class LoopFilter {
  private LoopFilter() {}

  /**
   * Smooths the edges of a block to its left and above, and inside of it, where its neighbours to
   * the left and above have been smoothed.
   *
   * @param within whether the edges inside of it are smoothed too
   */
  static void smooth(
      Plane plane, int row, int column, FilterStrength strength, boolean within, boolean simple) {
    int side = plane.side();
    int start = plane.at(row * side, column * side);
    int stride = plane.stride();
    if (column > 0) {
      edge(plane.pixels(), start, 1, stride, side, strength, true, simple);
    }
    for (int i = 4; within && i < side; i += 4) {
      edge(plane.pixels(), start + i, 1, stride, side, strength, false, simple);
    }
    if (row > 0) {
      edge(plane.pixels(), start, stride, 1, side, strength, true, simple);
    }
    for (int i = 4; within && i < side; i += 4) {
      edge(plane.pixels(), start + i * stride, stride, 1, side, strength, false, simple);
    }
  }

  /**
   * @param across the distance of pixels over the edge
   * @param along the distance of pixels on the edge
   * @param outer whether it is the edge of two blocks
   */
  private static void edge(
      byte[] pixels,
      int start,
      int across,
      int along,
      int length,
      FilterStrength strength,
      boolean outer,
      boolean simple) {
    int limit = 2 * (strength.limit() + (outer ? 4 : 0)) + 1;
    for (int i = 0; i < length; i++) {
      int at = start + i * along;
      if (isStep(pixels, at, across, limit)) {
        if (simple) {
          two(pixels, at, across);
        } else if (isSmooth(pixels, at, across, strength.inner())) {
          boolean detail = isDetail(pixels, at, across, strength.high());
          smooth(pixels, at, across, outer, detail);
        }
      }
    }
  }

  private static void smooth(byte[] pixels, int at, int across, boolean outer, boolean detail) {
    if (detail) {
      two(pixels, at, across);
    } else if (outer) {
      six(pixels, at, across);
    } else {
      four(pixels, at, across);
    }
  }

  private static boolean isStep(byte[] pixels, int at, int across, int limit) {
    return 4 * difference(pixels, at - across, at)
            + difference(pixels, at - 2 * across, at + across)
        <= limit;
  }

  private static boolean isSmooth(byte[] pixels, int at, int across, int limit) {
    for (int i = 1; i < 4; i++) {
      boolean before = difference(pixels, at - i * across, at - (i + 1) * across) <= limit;
      boolean behind = difference(pixels, at + (i - 1) * across, at + i * across) <= limit;
      if (!before || !behind) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDetail(byte[] pixels, int at, int across, int high) {
    return difference(pixels, at - across, at - 2 * across) > high
        || difference(pixels, at, at + across) > high;
  }

  private static void two(byte[] p, int at, int across) {
    int outer = signed(pixel(p, at - 2 * across) - pixel(p, at + across));
    int a = 3 * (pixel(p, at) - pixel(p, at - across)) + outer;
    add(p, at - across, small(a + 3));
    add(p, at, -small(a + 4));
  }

  private static void four(byte[] p, int at, int across) {
    int a = 3 * (pixel(p, at) - pixel(p, at - across));
    int behind = small(a + 4);
    int outer = (behind + 1) >> 1;
    add(p, at - 2 * across, outer);
    add(p, at - across, small(a + 3));
    add(p, at, -behind);
    add(p, at + across, -outer);
  }

  private static void six(byte[] p, int at, int across) {
    int outer = signed(pixel(p, at - 2 * across) - pixel(p, at + across));
    int a = signed(3 * (pixel(p, at) - pixel(p, at - across)) + outer);
    for (int i = 0; i < 3; i++) {
      int change = (9 * (3 - i) * a + 63) >> 7;
      add(p, at - (i + 1) * across, change);
      add(p, at + i * across, -change);
    }
  }

  private static int pixel(byte[] pixels, int at) {
    return pixels[at] & 0xFF;
  }

  private static int difference(byte[] pixels, int one, int other) {
    return Math.abs(pixel(pixels, one) - pixel(pixels, other));
  }

  /** As a signed byte holds it. */
  private static int signed(int value) {
    return Math.max(-128, Math.min(127, value));
  }

  private static int small(int value) {
    return Math.max(-16, Math.min(15, value >> 3));
  }

  private static void add(byte[] pixels, int at, int change) {
    pixels[at] = (byte) Math.max(0, Math.min(255, pixel(pixels, at) + change));
  }
}
