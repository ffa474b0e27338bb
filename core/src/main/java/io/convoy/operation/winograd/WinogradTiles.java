package io.convoy.operation.winograd;

import static io.convoy.kernel.Winograd.PATCH;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.operation.correlation.PixelGrid;
import java.util.Arrays;

/**
 * Images cut into square tiles of outputs, numbered image by image, row by row. A tile that reaches
 * over the edge of an image sees zeros there, never another image.
 */
final class WinogradTiles {
  /** Floats of a cache line. */
  private static final int LINE = 16;

  private final Kernels kernels;
  private final WinogradKernels winograd;
  private final int size;
  private final int reach;
  private final int height;
  private final int width;
  private final int count;

  /** The first pixel row and column of each tile of an image: a look is quicker than a division. */
  private final int[] tops;

  private final int[] lefts;

  /**
   * @param outputs the grid that is cut
   */
  WinogradTiles(WinogradForm form, PixelGrid outputs, Kernels kernels) {
    this.kernels = kernels;
    winograd = kernels.winograd(form);
    size = form.tile();
    reach = form.kernel() - 1;
    height = outputs.height();
    width = outputs.width();
    int across = (width + size - 1) / size;
    count = (height + size - 1) / size * across;
    tops = new int[count];
    lefts = new int[count];
    for (int tile = 0; tile < count; tile++) {
      tops[tile] = tile / across * size;
      lefts[tile] = tile % across * size;
    }
  }

  /**
   * Floats of scratch memory that transforms of so many channels work in: {@link
   * WinogradKernels#WORK}, and behind them the pixels of a tile at the edge.
   */
  static int workFloats(int channels) {
    return WinogradKernels.WORK + PATCH * PATCH * channels;
  }

  /**
   * Floats from one plane to the next: an odd number of cache lines, so that what belongs to a tile
   * lies in different sets of the cache.
   *
   * @param length floats of a plane
   */
  static int planeStep(int length) {
    return ((length + LINE - 1) / LINE | 1) * LINE;
  }

  /** Tiles of an image. */
  int count() {
    return count;
  }

  /** Pixel rows of a tile that are there. */
  int rows(int tile) {
    return Math.min(size, height - top(tile));
  }

  /** Pixel columns of a tile that are there. */
  int columns(int tile) {
    return Math.min(size, width - left(tile));
  }

  /** The image that a tile is part of. */
  int image(int tile) {
    return tile / count;
  }

  /** The first pixel row of a tile. */
  int top(int tile) {
    return tops[tile % count];
  }

  private int left(int tile) {
    return lefts[tile % count];
  }

  /** Where a tile's first pixel lies in a grid like the one that was cut. */
  int start(PixelGrid grid, int tile) {
    return grid.base()
        + image(tile) * grid.imageStep()
        + top(tile) * grid.rowStep()
        + left(tile) * grid.columnStep();
  }

  /**
   * Transforms a tile's windows.
   *
   * @param windows where windows start, {@code offset} floats before their first tap
   * @param channel the first channel, of {@code channels}
   * @param work {@link #workFloats} of {@code data}, to work in
   */
  void input(
      PixelGrid windows,
      int offset,
      int tile,
      int channel,
      int channels,
      float[] data,
      int work,
      int to,
      int planeStep) {
    int start = start(windows, tile) + offset + channel;
    // the windows that are there reach further than their own place
    int rows = Math.min(PATCH, height + reach - top(tile));
    int columns = Math.min(PATCH, width + reach - left(tile));
    int rowStep = windows.rowStep();
    int columnStep = windows.columnStep();
    if (rows == PATCH && columns == PATCH) {
      winograd.input(
          windows.data(), start, rowStep, columnStep, data, to, planeStep, channels, data, work);
      return;
    }
    int edge = work + WinogradKernels.WORK;
    fill(windows, start, rows, columns, PATCH, channels, data, edge);
    winograd.input(
        data, edge, PATCH * channels, channels, data, to, planeStep, channels, data, work);
  }

  /** Transforms a tile of the output's gradient; the parameters are those of {@link #input}. */
  void outputGradient(
      PixelGrid gradient,
      int tile,
      int channel,
      int channels,
      float[] data,
      int work,
      int to,
      int planeStep) {
    int start = start(gradient, tile) + channel;
    int rows = rows(tile);
    int columns = columns(tile);
    int rowStep = gradient.rowStep();
    int columnStep = gradient.columnStep();
    if (rows == size && columns == size) {
      winograd.outputGradient(
          gradient.data(), start, rowStep, columnStep, data, to, planeStep, channels, data, work);
      return;
    }
    int edge = work + WinogradKernels.WORK;
    fill(gradient, start, rows, columns, size, channels, data, edge);
    winograd.outputGradient(
        data, edge, size * channels, channels, data, to, planeStep, channels, data, work);
  }

  /** Copies the pixels that are there to a square, among zeros. */
  private void fill(
      PixelGrid from,
      int start,
      int rows,
      int columns,
      int square,
      int channels,
      float[] data,
      int edge) {
    Arrays.fill(data, edge, edge + square * square * channels, 0f);
    for (int i = 0; i < rows; i++) {
      int row = start + i * from.rowStep();
      int to = edge + i * square * channels;
      kernels
          .rows()
          .copyRows(from.data(), row, from.columnStep(), data, to, channels, columns, channels);
    }
  }
}
