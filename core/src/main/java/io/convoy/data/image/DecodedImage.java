package io.convoy.data.image;

/**
 * A decoded image.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels {@code height * width * channels} unsigned bytes in HWC order; not copied
 * @param transparent whether the background is seen through some pixel
 */
public record DecodedImage(
    int height, int width, int channels, byte[] pixels, boolean transparent) {

  /** An opaque image. */
  public DecodedImage(int height, int width, int channels, byte[] pixels) {
    this(height, width, channels, pixels, false);
  }

  DecodedImage withTransparency(boolean seen) {
    return new DecodedImage(height, width, channels, pixels, seen);
  }
}
