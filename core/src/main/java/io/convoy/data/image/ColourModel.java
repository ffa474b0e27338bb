package io.convoy.data.image;

import io.convoy.data.raster.Planes;
import java.util.Arrays;

/** What the components of a pixel mean, and their conversion to grey or RGB by whole numbers. */
enum ColourModel {
  GREY,
  RGB,
  /** Ink: 255 is full. */
  CMYK,
  /** Ink as Adobe writes it: 0 is full. */
  INVERTED_CMYK;

  /**
   * Converts interleaved components to 1 (grey) or 3 (RGB) channels.
   *
   * @param components of {@link #GREY} or {@link #RGB}
   */
  DecodedImage convert(Components components, int channels) {
    byte[] from = components.samples();
    int pixels = components.height() * components.width();
    if (components.count() == channels) {
      return new DecodedImage(components.height(), components.width(), channels, from);
    }
    byte[] to = new byte[Math.multiplyExact(pixels, channels)];
    int count = components.count();
    for (int pixel = 0; pixel < pixels; pixel++) {
      int i = pixel * count;
      if (this == GREY) {
        Arrays.fill(to, pixel * channels, (pixel + 1) * channels, from[i]);
      } else {
        to[pixel] = luma(from[i] & 0xFF, from[i + 1] & 0xFF, from[i + 2] & 0xFF);
      }
    }
    return new DecodedImage(components.height(), components.width(), channels, to);
  }

  /** Converts planes to 1 (grey) or 3 (RGB), in their place. */
  void convert(Planes image, int channels) {
    int height = image.height();
    int width = image.width();
    int plane = height * width;
    if (image.count() == channels) {
      return;
    }
    switch (this) {
      case GREY -> {
        byte[] grey = Arrays.copyOf(image.samples(), plane);
        byte[] to = image.room(height, width, channels);
        for (int channel = 0; channel < channels; channel++) {
          System.arraycopy(grey, 0, to, channel * plane, plane);
        }
      }
      case RGB -> toGrey(image, plane);
      case CMYK, INVERTED_CMYK -> {
        underBlack(image.samples(), plane);
        if (channels == 1) {
          toGrey(image, plane);
        } else {
          image.room(height, width, channels);
        }
      }
    }
  }

  private static void toGrey(Planes image, int plane) {
    byte[] samples = image.samples();
    for (int i = 0; i < plane; i++) {
      samples[i] =
          luma(samples[i] & 0xFF, samples[plane + i] & 0xFF, samples[2 * plane + i] & 0xFF);
    }
    image.room(image.height(), image.width(), 1);
  }

  private static byte luma(int red, int green, int blue) {
    return (byte) ((77 * red + 150 * green + 29 * blue + 128) >> 8);
  }

  /**
   * Colours as the black ink lets them through: each channel times {@code light / 255}, rounded.
   */
  private void underBlack(byte[] samples, int plane) {
    int inverse = this == CMYK ? 255 : 0;
    for (int i = 0; i < 3 * plane; i++) {
      int light = (samples[3 * plane + i % plane] & 0xFF) ^ inverse;
      samples[i] = (byte) ((((samples[i] & 0xFF) ^ inverse) * light + 127) / 255);
    }
  }
}
