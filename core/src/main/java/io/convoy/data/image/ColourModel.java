package io.convoy.data.image;

/** What the components of a pixel mean, and their conversion to RGB by whole numbers. */
enum ColourModel {
  GREY,
  RGB,
  /** Luma and two differences, ITU-R BT.601 with full range, as in JFIF. */
  YCBCR,
  /** Ink: 255 is full. */
  CMYK,
  /** Ink as Adobe writes it: 0 is full. */
  INVERTED_CMYK,
  /** CMY as YCbCr, in Adobe's inverted form, and K as it is in {@link #INVERTED_CMYK}. */
  INVERTED_YCCK;

  private static final int HALF = 1 << 15;
  // JFIF's factors in units of 2^-16, rounded as in libjpeg's jdcolor.c, whose results these are
  private static final int RED_BY_CR = 91881;
  private static final int BLUE_BY_CB = 116130;
  private static final int GREEN_BY_CR = 46802;
  private static final int GREEN_BY_CB = 22554;

  /** Converts to 1 (grey) or 3 (RGB) channels. */
  DecodedImage convert(Components components, int channels) {
    byte[] from = components.samples();
    int pixels = components.height() * components.width();
    if (components.count() == channels && (this == GREY || this == RGB)) {
      return new DecodedImage(components.height(), components.width(), channels, from);
    }
    byte[] to = new byte[Math.multiplyExact(pixels, channels)];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int rgb = rgb(from, pixel * components.count());
      int red = rgb >> 16;
      int green = rgb >> 8 & 0xFF;
      int blue = rgb & 0xFF;
      if (channels == 1) {
        to[pixel] = (byte) (this == GREY ? red : (77 * red + 150 * green + 29 * blue + 128) >> 8);
      } else {
        to[3 * pixel] = (byte) red;
        to[3 * pixel + 1] = (byte) green;
        to[3 * pixel + 2] = (byte) blue;
      }
    }
    return new DecodedImage(components.height(), components.width(), channels, to);
  }

  private static int packed(int first, byte[] from, int i) {
    return first << 16 | (from[i + 1] & 0xFF) << 8 | (from[i + 2] & 0xFF);
  }

  /** The colour of the pixel whose components begin at {@code i}, as {@code 0xRRGGBB}. */
  private int rgb(byte[] from, int i) {
    int first = from[i] & 0xFF;
    return switch (this) {
      case GREY -> first * 0x010101;
      case RGB -> packed(first, from, i);
      case YCBCR -> fromYcbcr(first, from[i + 1] & 0xFF, from[i + 2] & 0xFF);
      case CMYK -> underBlack(0xFFFFFF ^ (packed(first, from, i)), 255 - (from[i + 3] & 0xFF));
      case INVERTED_CMYK -> underBlack(packed(first, from, i), from[i + 3] & 0xFF);
      case INVERTED_YCCK ->
          underBlack(
              0xFFFFFF ^ fromYcbcr(first, from[i + 1] & 0xFF, from[i + 2] & 0xFF),
              from[i + 3] & 0xFF);
    };
  }

  private static int fromYcbcr(int y, int cb, int cr) {
    int blueness = cb - 128;
    int redness = cr - 128;
    int red = y + ((RED_BY_CR * redness + HALF) >> 16);
    int green = y + ((-GREEN_BY_CB * blueness - GREEN_BY_CR * redness + HALF) >> 16);
    int blue = y + ((BLUE_BY_CB * blueness + HALF) >> 16);
    return clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /** A colour as the black ink lets it through: each channel times {@code light / 255}, rounded. */
  private static int underBlack(int rgb, int light) {
    int red = ((rgb >> 16) * light + 127) / 255;
    int green = ((rgb >> 8 & 0xFF) * light + 127) / 255;
    int blue = ((rgb & 0xFF) * light + 127) / 255;
    return red << 16 | green << 8 | blue;
  }
}
