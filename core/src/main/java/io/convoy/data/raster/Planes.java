package io.convoy.data.raster;

/**
 * Room for one image after the other, a plane of bytes for each channel. It grows with the largest
 * image. Not for several threads at once.
 */
public final class Planes {
  private int height;
  private int width;
  private int count;
  private byte[] samples = {};

  /**
   * Takes an image in: its planes are to be written to what this returns, plane c from {@code c *
   * height * width} on, row by row from the top. What stood there before is lost.
   *
   * @param height in pixels, at least 1
   * @param width in pixels, at least 1
   * @param count planes, at least 1
   */
  public byte[] room(int height, int width, int count) {
    this.height = height;
    this.width = width;
    this.count = count;
    int needed = Math.multiplyExact(Math.multiplyExact(height, width), count);
    if (samples.length < needed) {
      samples = new byte[needed];
    }
    return samples;
  }

  /** In pixels. */
  public int height() {
    return height;
  }

  /** In pixels. */
  public int width() {
    return width;
  }

  /** The number of planes: 1 (grey), 3 (red, green, blue) or 4. */
  public int count() {
    return count;
  }

  /** The image's planes, unsigned bytes from 0 on; behind them may be others. */
  public byte[] samples() {
    return samples;
  }
}
