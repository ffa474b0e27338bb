package io.convoy.data.transform;

/**
 * Brightness, contrast, saturation and sharpness: each mixes an image with a plain version d of it,
 * {@code d + factor (p - d)}, in single precision, cut to [0, 255] and then down to a whole number.
 * So 0 gives the plain version, 1 the image, more exaggerates. Byte for byte what Pillow's
 * ImageEnhance gives.
 */
final class Blending {
  private Blending() {}

  /** Mixed with black. */
  static void brightness(Canvas image, double factor) {
    withColour(image, 0, (float) factor);
  }

  /** Mixed with the grey that is the mean of the image's grey values, rounded half up. */
  static void contrast(Canvas image, double factor) {
    long sum = 0;
    byte[] pixels = image.pixels();
    int channels = image.channels();
    for (int i = 0; i < pixels.length; i += channels) {
      sum += channels == 3 ? luma(pixels, i) : pixels[i] & 0xFF;
    }
    long count = pixels.length / channels;
    withColour(image, (int) ((2 * sum + count) / (2 * count)), (float) factor);
  }

  private static void withColour(Canvas image, int plain, float factor) {
    byte[] table = image.table();
    for (int value = 0; value < 256; value++) {
      table[value] = blend(plain, value, factor);
    }
    image.look();
  }

  /** Mixed with its grey values; grey images stay. */
  static void saturation(Canvas image, double factor) {
    if (image.channels() != 3) {
      return;
    }
    float share = (float) factor;
    byte[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i += 3) {
      int grey = luma(pixels, i);
      pixels[i] = blend(grey, pixels[i] & 0xFF, share);
      pixels[i + 1] = blend(grey, pixels[i + 1] & 0xFF, share);
      pixels[i + 2] = blend(grey, pixels[i + 2] & 0xFF, share);
    }
  }

  /**
   * Mixed with a smoothed version: the mean of 3x3 pixels, of which the middle one counts five
   * times, rounded. Pixels of the border stay.
   */
  static void sharpness(Canvas image, double factor) {
    float share = (float) factor;
    byte[] from = image.pixels();
    byte[] to = image.other();
    int channels = image.channels();
    int line = image.width() * channels;
    System.arraycopy(from, 0, to, 0, from.length);
    for (int h = 1; h < image.height() - 1; h++) {
      int end = (h + 1) * line - channels;
      for (int i = h * line + channels; i < end; i++) {
        int middle = from[i] & 0xFF;
        int sum = 4 * middle + three(from, i - line, channels) + three(from, i, channels);
        sum += three(from, i + line, channels);
        to[i] = blend((2 * sum + 13) / 26, middle, share);
      }
    }
    image.swap();
  }

  /** The sum of a value and its neighbours to the left and right. */
  private static int three(byte[] pixels, int i, int channels) {
    return (pixels[i - channels] & 0xFF) + (pixels[i] & 0xFF) + (pixels[i + channels] & 0xFF);
  }

  /** The grey value of a pixel of three channels, after ITU-R BT.601, as Pillow rounds it. */
  static int luma(byte[] pixels, int i) {
    return ((pixels[i] & 0xFF) * 19595
            + (pixels[i + 1] & 0xFF) * 38470
            + (pixels[i + 2] & 0xFF) * 7471
            + 0x8000)
        >> 16;
  }

  private static byte blend(int plain, int value, float factor) {
    float mixed = plain + factor * (value - plain);
    return (byte) Math.max(0, Math.min(255, (int) mixed));
  }
}
