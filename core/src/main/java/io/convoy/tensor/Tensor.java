package io.convoy.tensor;

import java.util.Arrays;

/**
 * The activations (or their gradients) of up to {@code capacity} samples: NHWC in one {@code
 * float[]}, each image framed by a halo of {@code halo} zero pixels.
 *
 * <pre>
 *   0 0 0 0 0 0      halo = 1: who pads reads the zeros,
 *   0 a b c d 0      no operation ever writes them
 *   0 e f g h 0
 *   0 0 0 0 0 0
 * </pre>
 *
 * Where memory goes from one tensor to another, {@link #clearHalo} makes the zeros.
 *
 * <p>The element (n, h, w, c) of the interior is {@code data[at(n, h, w) + c]}. A vector is an
 * image of one pixel without a halo. The view is immutable; the data are not.
 */
public final class Tensor {
  /** Pixels behind the last one that may be read, in whole vectors; they mean nothing. */
  public static final int SPARE_PIXELS = 15;

  private final float[] data;
  private final int base;
  private final Shape shape;
  private final int capacity;
  private final int halo;
  private final int rowStride;
  private final int imageStride;

  /**
   * A view of {@code data} from {@code offset} on.
   *
   * @param shape the shape of one sample
   * @param capacity samples at the most
   * @param halo zero pixels on each side
   */
  Tensor(float[] data, int offset, Shape shape, int capacity, int halo) {
    this.data = data;
    this.shape = shape;
    this.capacity = capacity;
    this.halo = halo;
    this.rowStride = Math.multiplyExact(shape.width() + 2 * halo, shape.channels());
    this.imageStride = Math.multiplyExact(shape.height() + 2 * halo, rowStride);
    this.base = offset + halo * (rowStride + shape.channels());
  }

  /** A tensor without a halo over an array of its own. */
  public static Tensor of(int capacity, Shape shape) {
    return new Arena().tensor(capacity, shape, 0);
  }

  public float[] data() {
    return data;
  }

  public Shape shape() {
    return shape;
  }

  public int capacity() {
    return capacity;
  }

  public int halo() {
    return halo;
  }

  /** Bytes of all samples, halo included. */
  public long bytes() {
    return (long) capacity * imageStride * Float.BYTES;
  }

  /** Floats from one pixel row to the next. */
  public int rowStride() {
    return rowStride;
  }

  /** Floats from one image to the next. */
  public int imageStride() {
    return imageStride;
  }

  /** The index of channel 0 of the pixel; {@code h} and {@code w} may reach into the halo. */
  public int at(int n, int h, int w) {
    return base + n * imageStride + h * rowStride + w * shape.channels();
  }

  /** Writes the zeros around image {@code n}. */
  public void clearHalo(int n) {
    if (halo == 0) {
      return;
    }
    int start = base - halo * (rowStride + shape.channels()) + n * imageStride;
    int side = halo * shape.channels();
    // from one row's right side to the next one's left side there is no gap
    Arrays.fill(data, start, start + halo * rowStride + side, 0f);
    for (int h = 1; h < shape.height(); h++) {
      int row = start + (halo + h) * rowStride;
      Arrays.fill(data, row - side, row + side, 0f);
    }
    int bottom = start + (halo + shape.height()) * rowStride;
    Arrays.fill(data, bottom - side, bottom + halo * rowStride, 0f);
  }

  /**
   * Contiguous runs of the interior of {@code n} samples: one when there is no halo, else one a
   * pixel row. Element-wise passes go run by run.
   */
  public int runs(int n) {
    return halo == 0 ? 1 : n * shape.height();
  }

  /** The floats in each of the {@link #runs(int)} of {@code n} samples. */
  public int runLength(int n) {
    return halo == 0 ? n * imageStride : shape.width() * shape.channels();
  }

  /** The index of the first float of a run. */
  public int runStart(int run) {
    int height = shape.height();
    return halo == 0 ? base + run * imageStride : at(run / height, run % height, 0);
  }
}
