package io.convoy.reference;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;

/**
 * Images in double precision, NCHW: what plain references compute on. A vector is an image of one
 * pixel.
 *
 * @param count images
 * @param data {@code data[((n channels + c) height + h) width + w]}
 */
public record Images(int count, int channels, int height, int width, double[] data) {
  /** Zeros. */
  public static Images of(int count, int channels, int height, int width) {
    return new Images(
        count, channels, height, width, new double[count * channels * height * width]);
  }

  /** The interior of a tensor's first samples. */
  public static Images of(Tensor tensor, int count) {
    Shape shape = tensor.shape();
    Images images = of(count, shape.channels(), shape.height(), shape.width());
    images.forEach((n, c, h, w) -> images.set(n, c, h, w, tensor.data()[tensor.at(n, h, w) + c]));
    return images;
  }

  /** Something that is done for each element. */
  public interface Visit {
    void at(int n, int c, int h, int w);
  }

  /** Visits each element in the order of NCHW. */
  public void forEach(Visit visit) {
    for (int n = 0; n < count; n++) {
      for (int c = 0; c < channels; c++) {
        for (int h = 0; h < height; h++) {
          for (int w = 0; w < width; w++) {
            visit.at(n, c, h, w);
          }
        }
      }
    }
  }

  private int index(int n, int c, int h, int w) {
    return ((n * channels + c) * height + h) * width + w;
  }

  /** An element; zero outside the image. */
  public double get(int n, int c, int h, int w) {
    return h < 0 || h >= height || w < 0 || w >= width ? 0 : data[index(n, c, h, w)];
  }

  /** Whether the pixel lies in the image. */
  public boolean inside(int h, int w) {
    return h >= 0 && h < height && w >= 0 && w < width;
  }

  public void set(int n, int c, int h, int w, double value) {
    data[index(n, c, h, w)] = value;
  }
}
