package io.convoy.data.transform;

/**
 * Turns colours around the circle of hues, by way of hue, saturation and value in 8 bits each, as
 * Pillow converts to and from its mode HSV: byte for byte.
 */
final class HueShift {
  private HueShift() {}

  /**
   * Changes an image of three channels.
   *
   * @param shift in 255ths of the circle, in [0, 255]; hues are added modulo 256
   */
  static void apply(Canvas image, int shift) {
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i += 3) {
      int r = pixels[i] & 0xFF;
      int g = pixels[i + 1] & 0xFF;
      int b = pixels[i + 2] & 0xFF;
      int value = Math.max(r, Math.max(g, b));
      int least = Math.min(r, Math.min(g, b));
      if (value == least) {
        continue; // grey has no hue
      }
      float spread = value - least;
      int saturation = (int) (spread / value * 255.0);
      int hue = (hue(r, g, b, value, spread) + shift) & 0xFF;
      write(pixels, i, hue, saturation, value);
    }
  }

  private static int hue(int r, int g, int b, int value, float spread) {
    float red = (value - r) / spread;
    float green = (value - g) / spread;
    float blue = (value - b) / spread;
    float sixth;
    if (r == value) {
      sixth = blue - green;
    } else if (g == value) {
      sixth = (float) (2.0 + red - blue);
    } else {
      sixth = (float) (4.0 + green - red);
    }
    double turned = sixth / 6.0 + 1.0;
    return (int) ((float) (turned >= 1 ? turned - 1 : turned) * 255.0);
  }

  private static void write(byte[] pixels, int i, int hue, int saturation, int value) {
    if (saturation == 0) {
      set(pixels, i, value, value, value);
      return;
    }
    float share = (float) (saturation / 255.0);
    int sector = (int) (hue * 6.0 / 255.0);
    float rest = (float) (hue * 6.0 / 255.0 - sector);
    int p = (int) (value * (1.0 - share) + 0.5);
    int q = (int) (value * (1.0 - share * rest) + 0.5);
    int t = (int) (value * (1.0 - share * (1.0 - rest)) + 0.5);
    if (sector == 0 || sector == 6) {
      set(pixels, i, value, t, p);
    } else if (sector == 1) {
      set(pixels, i, q, value, p);
    } else if (sector == 2) {
      set(pixels, i, p, value, t);
    } else if (sector == 3) {
      set(pixels, i, p, q, value);
    } else if (sector == 4) {
      set(pixels, i, t, p, value);
    } else {
      set(pixels, i, value, p, q);
    }
  }

  private static void set(byte[] pixels, int i, int r, int g, int b) {
    pixels[i] = (byte) r;
    pixels[i + 1] = (byte) g;
    pixels[i + 2] = (byte) b;
  }
}
