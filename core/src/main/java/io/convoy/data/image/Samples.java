package io.convoy.data.image;

/**
 * What a file holds, before it becomes grey or RGB.
 *
 * @param components of each pixel, the opacity last where there is one
 * @param colours what the others mean: {@link ColourModel#GREY} or {@link ColourModel#RGB} where
 *     there is an opacity
 */
record Samples(Components components, ColourModel colours, Alpha alpha) {
  /** Whether there is an opacity, from 0 to 255, and what it means. */
  enum Alpha {
    NONE,
    /** Colours are as they would be if they were opaque. */
    STRAIGHT,
    /** Colours are multiplied by the opacity. */
    PREMULTIPLIED
  }

  /** Grey, grey and opacity, RGB, or RGB and opacity: by the number of components. */
  static Samples of(Components components) {
    int count = components.count();
    return new Samples(
        components,
        count < 3 ? ColourModel.GREY : ColourModel.RGB,
        count % 2 == 0 ? Alpha.STRAIGHT : Alpha.NONE);
  }

  /**
   * Converts to 1 (grey) or 3 (RGB) channels. What is transparent is seen over the background, in
   * RGB before it becomes grey: {@code (c a + b (255 - a) + 127) / 255} for colour c, opacity a and
   * background b, in whole numbers.
   */
  DecodedImage convert(int channels, Background background) {
    if (alpha == Alpha.NONE) {
      return colours.convert(components, channels);
    }
    int count = components.count();
    byte[] from = components.samples();
    byte[] to = new byte[Math.multiplyExact(from.length / count, 3)];
    boolean transparent = false;
    for (int pixel = 0; pixel < from.length / count; pixel++) {
      int opacity = from[pixel * count + count - 1] & 0xFF;
      transparent |= opacity != 255;
      for (int band = 0; band < 3; band++) {
        int colour = from[pixel * count + Math.min(band, count - 2)] & 0xFF;
        int behind = background.rgb() >> (16 - 8 * band) & 0xFF;
        to[3 * pixel + band] = (byte) over(colour, opacity, behind);
      }
    }
    Components opaque = new Components(components.height(), components.width(), 3, to);
    return ColourModel.RGB.convert(opaque, channels).withTransparency(transparent);
  }

  private int over(int colour, int opacity, int behind) {
    int own = alpha == Alpha.STRAIGHT ? colour * opacity : colour * 255;
    return Math.min(255, (own + behind * (255 - opacity) + 127) / 255);
  }
}
