package io.convoy.preview;

import io.convoy.tensor.Tensor;

/**
 * Pixels to be looked at.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param bytes in HWC order; not copied
 */
public record Picture(int height, int width, int channels, byte[] bytes) {
  /**
   * The one sample of a batch.
   *
   * @param values in [0, 1]; the nearest byte is taken
   */
  public static Picture of(Tensor values) {
    int height = values.shape().height();
    int line = values.shape().width() * values.shape().channels();
    byte[] bytes = new byte[height * line];
    for (int h = 0; h < height; h++) {
      for (int i = 0; i < line; i++) {
        int value = Math.round(255 * values.data()[values.at(0, h, 0) + i]);
        bytes[h * line + i] = (byte) Math.max(0, Math.min(255, value));
      }
    }
    return new Picture(height, values.shape().width(), values.shape().channels(), bytes);
  }

  /** A pixel as {@code 0xRRGGBB}. */
  public int rgb(int row, int column) {
    int at = (row * width + column) * channels;
    int red = bytes[at] & 0xFF;
    if (channels == 1) {
      return red << 16 | red << 8 | red;
    }
    return red << 16 | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF);
  }
}
