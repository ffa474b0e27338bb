package io.convoy.data.raster;

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
    requireSize(height, width);
    resample(from, crop, height, width, Crop.whole(height, width), to);
  }

  /**
   * Resizes a part of an image, and computes a window of the result alone: the pixels of it are the
   * same.
   *
   * @param height rows of the whole result, at least 1
   * @param width columns of the whole result, at least 1
   * @param window what is wanted of them
   * @param to takes the window
   * @throws IllegalArgumentException as the other, and when the window leaves the result
   */
  public void resample(Planes from, Crop crop, int height, int width, Crop window, Planes to) {
    check(from, crop, height, width, to);
    if (!window.isWithin(height, width)) {
      throw new IllegalArgumentException(
          "a window lies in the resized image; got %s of %sx%s".formatted(window, height, width));
    }
    byte[] result = to.room(window.height(), window.width(), from.count());
    if (crop.height() == height && crop.width() == width) {
      copy(from, crop, window, result);
      return;
    }
    columns.prepare(crop.width(), width, window.left(), window.left() + window.width());
    rows.prepare(crop.height(), height, window.top(), window.top() + window.height());
    int firstRow = rows.firstPixel();
    int lines = rows.endPixel() - firstRow;
    int step = step(crop.height());
    int length = Math.multiplyExact(window.width(), step);
    if (turned.length < length) {
      turned = new byte[length];
    }
    int plane = window.height() * window.width();
    for (int c = 0; c < from.count(); c++) {
      int row = c * from.height() + crop.top() + firstRow;
      int start = row * from.width() + crop.left();
      // each pass turns the image over its diagonal, so both go along lines of bytes
      pass(from.samples(), start, from.width(), lines, columns, turned, firstRow, step);
      pass(turned, 0, step, window.width(), rows, result, c * plane, window.width());
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

  private static void copy(Planes from, Crop crop, Crop window, byte[] result) {
    int target = 0;
    for (int plane = 0; plane < from.count(); plane++) {
      for (int row = 0; row < window.height(); row++) {
        int y = plane * from.height() + crop.top() + window.top() + row;
        int source = y * from.width() + crop.left() + window.left();
        System.arraycopy(from.samples(), source, result, target, window.width());
        target += window.width();
      }
    }
  }

  private static void requireSize(int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image is resized to a row and a column at least; got %sx%s (height x width)"
              .formatted(height, width));
    }
  }

  private static void check(Planes from, Crop crop, int height, int width, Planes to) {
    requireSize(height, width);
    if (!crop.isWithin(from.height(), from.width())) {
      throw new IllegalArgumentException(
          "a crop lies in its image; got %s of %sx%s (height x width)"
              .formatted(crop, from.height(), from.width()));
    }
    if (from == to) {
      throw new IllegalArgumentException("an image is not resized in its own memory");
    }
  }
}
