package io.convoy.operation.correlation;

import io.convoy.operation.Extent;
import io.convoy.tensor.Tensor;

/**
 * Evenly spaced pixels of a tensor: pixel (h, w) of image n starts at {@code data[base + n *
 * imageStep + h * rowStep + w * columnStep]}. Pixels are numbered image by image, row by row.
 *
 * @param height pixel rows of an image
 * @param width pixels of a row
 */
public record PixelGrid(
    float[] data, int base, int height, int width, int imageStep, int rowStep, int columnStep) {

  /** Every {@code stride}-th pixel, from (top, left) on, which may lie in the halo. */
  static PixelGrid of(Tensor tensor, int top, int left, Extent stride, int height, int width) {
    return new PixelGrid(
        tensor.data(),
        tensor.at(0, top, left),
        height,
        width,
        tensor.imageStride(),
        stride.height() * tensor.rowStride(),
        stride.width() * tensor.shape().channels());
  }

  /** All pixels of a tensor. */
  public static PixelGrid all(Tensor tensor) {
    return of(tensor, 0, 0, Extent.square(1), tensor.shape().height(), tensor.shape().width());
  }

  /** Pixels of an image. */
  public int pixels() {
    return height * width;
  }

  /** Where a pixel's channels start. */
  public int at(int pixel) {
    int row = pixel / width;
    return base + row / height * imageStep + row % height * rowStep + pixel % width * columnStep;
  }

  /** Floats from each pixel to the next, from row to row and image to image; 0 if they differ. */
  public int step() {
    int step = width > 1 ? columnStep : height > 1 ? rowStep : imageStep;
    boolean rows = height == 1 || rowStep == width * step;
    return rows && imageStep == pixels() * step ? step : 0;
  }
}
