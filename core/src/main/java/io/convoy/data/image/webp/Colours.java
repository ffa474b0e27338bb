package io.convoy.data.image.webp;

/**
 * Luma and two chromas of half its height and width to RGB, in whole numbers as libwebp does:
 * chroma between four samples is weighted 9, 3, 3 and 1; colours are ITU-R BT.601 with luma from 16
 * to 235.
 */
record Colours(Plane luma, Plane blue, Plane red) {

  byte[] rgb(int height, int width) {
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
    int[] blues = new int[width];
    int[] reds = new int[width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      spread(blue, y, height, blues);
      spread(red, y, height, reds);
      for (int x = 0; x < width; x++) {
        int light = scaled(luma.get(luma.at(y, x)), 19077);
        int u = blues[x];
        int v = reds[x];
        rgb[to++] = clip(light + scaled(v, 26149) - 14234);
        rgb[to++] = clip(light - scaled(u, 6419) - scaled(v, 13320) + 8708);
        rgb[to++] = clip(light + scaled(u, 33050) - 17685);
      }
    }
    return rgb;
  }

  /** A row of chroma, at the width of the image. */
  private static void spread(Plane plane, int y, int height, int[] to) {
    int width = to.length;
    int last = (height + 1) / 2 - 1;
    int near = y / 2;
    int far = Math.max(0, Math.min(last, y % 2 == 0 ? near - 1 : near + 1));
    to[0] = end(plane, near, far, 0);
    for (int x = 1; x <= (width - 1) / 2; x++) {
      int nearLeft = plane.get(plane.at(near, x - 1));
      int nearRight = plane.get(plane.at(near, x));
      int farLeft = plane.get(plane.at(far, x - 1));
      int farRight = plane.get(plane.at(far, x));
      int sum = nearLeft + nearRight + farLeft + farRight + 8;
      to[2 * x - 1] = (((sum + 2 * (nearRight + farLeft)) >> 3) + nearLeft) >> 1;
      to[2 * x] = (((sum + 2 * (nearLeft + farRight)) >> 3) + nearRight) >> 1;
    }
    if (width % 2 == 0) {
      to[width - 1] = end(plane, near, far, width / 2 - 1);
    }
  }

  private static int end(Plane plane, int near, int far, int x) {
    return (3 * plane.get(plane.at(near, x)) + plane.get(plane.at(far, x)) + 2) >> 2;
  }

  private static int scaled(int value, int factor) {
    return (value * factor) >> 8;
  }

  /** From units of 2^-6. */
  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value >> 6));
  }
}
