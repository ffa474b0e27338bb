package io.convoy.data;

import io.convoy.tensor.Shape;

/** Room for the bytes of one image after the other, which grows with the largest. */
public final class Pixels {
  private Shape shape;
  private byte[] bytes = {};

  /**
   * Takes an image in: its bytes, in HWC order, are to be written to what this returns, from 0 on.
   * What stood there before is lost.
   */
  public byte[] room(Shape image) {
    shape = image;
    if (bytes.length < image.elements()) {
      bytes = new byte[image.elements()];
    }
    return bytes;
  }

  /** The shape of the image, {@code [height, width, channels]}. */
  public Shape shape() {
    return shape;
  }

  /** The image's bytes from 0 on, in HWC order; behind them may be others. */
  public byte[] bytes() {
    return bytes;
  }
}
