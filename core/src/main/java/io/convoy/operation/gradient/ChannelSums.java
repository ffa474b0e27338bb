package io.convoy.operation.gradient;

import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * The gradient of parameters that each channel of an image has some of: sums over all pixels, row
 * by row in ascending order; one block.
 */
public final class ChannelSums implements GradientBlocks {
  private static final int PIECES = 16;

  /** What the pixels of a row add. */
  @FunctionalInterface
  public interface Row {
    /**
     * Writes what each pixel adds to each sum.
     *
     * @param n the image
     * @param h its row
     * @param pixels where to write: a pixel after the other, all its sums side by side
     * @param thread who works
     */
    void write(int n, int h, float[] pixels, int thread);
  }

  private final int height;
  private final int width;
  private final int sums;
  private final Row row;
  private final RowKernels kernels;
  private final float[][] pixels;
  private final float[][] totals;

  /**
   * @param image the shape of a sample
   * @param sums sums of a pixel: one for each parameter
   */
  public ChannelSums(Shape image, int sums, Row row, Binding binding) {
    height = image.height();
    width = image.width();
    this.sums = sums;
    this.row = row;
    kernels = binding.kernels().rows();
    int threads = binding.pool().threads();
    pixels = binding.arena().floats(threads, Math.multiplyExact(width, sums));
    totals = binding.arena().floats(threads, sums);
  }

  @Override
  public int blocks() {
    return 1;
  }

  @Override
  public int blockFloats() {
    return sums;
  }

  @Override
  public int scratchFloats() {
    return 0;
  }

  @Override
  public int units() {
    return height;
  }

  @Override
  public int chunk() {
    return 1;
  }

  @Override
  public int pieces() {
    return PIECES;
  }

  @Override
  public void sum(int block, int from, int until, boolean adds, float[] to, int start, int thread) {
    float[] total = totals[thread];
    Arrays.fill(total, 0f);
    for (int unit = from; unit < until; unit++) {
      row.write(unit / height, unit % height, pixels[thread], thread);
      kernels.addRows(pixels[thread], 0, sums, width, total, 0, sums);
    }
    if (adds) {
      kernels.add(total, 0, to, start, sums);
    } else {
      System.arraycopy(total, 0, to, start, sums);
    }
  }

  @Override
  public void store(int block, float[] sum, int start, float[] target, int offset) {
    System.arraycopy(sum, start, target, offset, sums);
  }
}
