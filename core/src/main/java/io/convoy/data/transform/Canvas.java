package io.convoy.data.transform;

import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * An image while it is changed, and the memory that this takes. Bytes are in HWC order, each
 * channel 0 to 255. For one thread at a time.
 */
public final class Canvas {
  /** Images that a canvas has room for. */
  public static final int IMAGES = 2;

  private final int height;
  private final int width;
  private final int channels;
  private byte[] pixels;
  private byte[] other;
  private final byte[] table = new byte[256];
  private final int[] histogram = new int[256];
  private final int[] weights = new int[GaussianBlur.LARGEST / 2 + 1];
  private final int[] line;

  /** For images of a shape, {@code [height, width, channels]}. */
  public Canvas(Shape shape) {
    height = shape.height();
    width = shape.width();
    channels = shape.channels();
    pixels = new byte[shape.elements()];
    other = new byte[shape.elements()];
    line = new int[width * channels];
  }

  /** Takes an image in: a copy of the first bytes. */
  public void take(byte[] image) {
    System.arraycopy(image, 0, pixels, 0, pixels.length);
  }

  /** The image's bytes, until it is changed again. */
  public byte[] pixels() {
    return pixels;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int channels() {
    return channels;
  }

  /** Room for an image, which {@link #swap} makes the canvas's own. */
  byte[] other() {
    return other;
  }

  void swap() {
    byte[] before = pixels;
    pixels = other;
    other = before;
  }

  /** Room for a line of numbers. */
  int[] line() {
    return line;
  }

  /** Room for the weights of a kernel. */
  int[] weights() {
    return weights;
  }

  /** Room for what each of the 256 values becomes. */
  byte[] table() {
    return table;
  }

  /** Takes each value's place in {@link #table} for it, in all channels. */
  void look() {
    byte[] image = pixels;
    byte[] values = table;
    for (int i = 0; i < image.length; i++) {
      image[i] = values[image[i] & 0xFF];
    }
  }

  /** The same in one channel. */
  void look(int channel) {
    byte[] image = pixels;
    byte[] values = table;
    for (int i = channel; i < image.length; i += channels) {
      image[i] = values[image[i] & 0xFF];
    }
  }

  /** How often each value stands in a channel, until the next call. */
  int[] histogram(int channel) {
    Arrays.fill(histogram, 0);
    for (int i = channel; i < pixels.length; i += channels) {
      histogram[pixels[i] & 0xFF]++;
    }
    return histogram;
  }
}
