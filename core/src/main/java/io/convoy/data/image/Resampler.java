package io.convoy.data.image;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.ResamplingKernel;
import io.convoy.kernel.provider.KernelProvider;

/**
 * Resizes images: antialiased bilinear resampling in fixed point, pixel for pixel what Pillow's
 * {@code Image.resize((width, height), Image.BILINEAR)} gives for 8-bit images, since published
 * weights were trained on that. Rows are resized first, to bytes again, then columns. (Of an image
 * over 100 times as high as wide that shrinks, Pillow from 12.2 on resizes the columns first; this
 * class does not, as Pillow before that.) The pixels are the same on every machine and JDK,
 * whichever kernels run.
 *
 * <p>Keeps its scratch memory and the weights of the last sizes. Not for several threads at once.
 */
public final class Resampler {
  private static final int CACHE_LINE = 64;

  private final ResamplingKernel kernel;
  private final TriangleTaps columns = new TriangleTaps();
  private final TriangleTaps rows = new TriangleTaps();
  private final byte[] work = new byte[ResamplingKernel.WORK];
  private byte[] turned = {};

  public Resampler() {
    this(KernelProvider.kernels());
  }

  Resampler(Kernels kernels) {
    this.kernel = kernels.resampling();
  }

  /**
   * Resizes a part of an image, as if it had been cut out before: no pixel outside of the crop has
   * a part in the result. A crop that has the size already is copied.
   *
   * @param from an image of any number of planes
   * @param crop lies in the image
   * @param height rows of the result, at least 1
   * @param width columns of the result, at least 1
   * @param to takes the result; another object than {@code from}
   * @throws IllegalArgumentException when the crop leaves the image, a size is not positive, there
   *     is no image yet, or both images are the same object
   */
  public void resample(Planes from, Crop crop, int height, int width, Planes to) {
    check(from, crop, height, width, to);
    byte[] result = to.room(height, width, from.count());
    if (crop.height() == height && crop.width() == width) {
      copy(from, crop, result);
      return;
    }
    columns.prepare(crop.width(), width);
    rows.prepare(crop.height(), height);
    int step = step(crop.height());
    int length = Math.multiplyExact(width, step);
    if (turned.length < length) {
      turned = new byte[length];
    }
    for (int plane = 0; plane < from.count(); plane++) {
      int start = (plane * from.height() + crop.top()) * from.width() + crop.left();
      // each pass turns the image over its diagonal, so both go along lines of bytes
      pass(from.samples(), start, from.width(), crop.height(), columns, turned, 0, step);
      pass(turned, 0, step, width, rows, result, plane * height * width, width);
    }
  }

  private void pass(
      byte[] x,
      int xStart,
      int xStep,
      int lines,
      TriangleTaps taps,
      byte[] y,
      int yStart,
      int yStep) {
    kernel.resample(
        x,
        xStart,
        xStep,
        lines,
        taps.first(),
        taps.start(),
        taps.weights(),
        taps.outputs(),
        y,
        yStart,
        yStep,
        work);
  }

  /**
   * From one turned line to the next: an odd number of cache lines, since distances of powers of
   * two would put all lines into the same few places of the cache.
   */
  private static int step(int length) {
    return Math.multiplyExact((Math.addExact(length, CACHE_LINE - 1) / CACHE_LINE) | 1, CACHE_LINE);
  }

  private static void copy(Planes from, Crop crop, byte[] result) {
    for (int plane = 0; plane < from.count(); plane++) {
      int source = (plane * from.height() + crop.top()) * from.width() + crop.left();
      int target = plane * crop.height() * crop.width();
      for (int row = 0; row < crop.height(); row++) {
        System.arraycopy(from.samples(), source, result, target, crop.width());
        source += from.width();
        target += crop.width();
      }
    }
  }

  private static void check(Planes from, Crop crop, int height, int width, Planes to) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image is resized to a row and a column at least; got %sx%s (height x width)"
              .formatted(height, width));
    }
    // sums of two ints may be greater than an int
    if ((long) crop.top() + crop.height() > from.height()
        || (long) crop.left() + crop.width() > from.width()) {
      throw new IllegalArgumentException(
          "a crop lies in its image; got %s of %sx%s (height x width)"
              .formatted(crop, from.height(), from.width()));
    }
    if (from == to) {
      throw new IllegalArgumentException("an image is not resized in its own memory");
    }
  }
}
