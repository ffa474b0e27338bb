package io.convoy.kernel.simd;

import static io.convoy.kernel.simd.MultiplyTile.ROWS;
import static io.convoy.kernel.simd.MultiplyTile.WIDTH;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.RowKernels;

/** {@link Kernels} in vector registers: whole tiles in place, the ragged rest through a scratch. */
public final class SimdKernels implements Kernels {
  private final RowKernels rows = new SimdRowKernels();

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int lanes() {
    return Species.LANES;
  }

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public RowKernels rows() {
    return rows;
  }

  @Override
  public void multiply(
      int run,
      float[] x,
      int xBase,
      int[] xOffsets,
      float[] panel,
      int panelStart,
      float[] y,
      int yBase,
      int[] yOffsets,
      int first,
      int rows,
      int columns,
      boolean accumulate) {
    int end = first + rows;
    int i = first;
    if (columns == WIDTH) {
      for (; i + ROWS <= end; i += ROWS) {
        int x0 = xBase + xOffsets[i];
        int x1 = xBase + xOffsets[i + 1];
        int x2 = xBase + xOffsets[i + 2];
        int x3 = xBase + xOffsets[i + 3];
        int x4 = xBase + xOffsets[i + 4];
        int x5 = xBase + xOffsets[i + 5];
        int y0 = yBase + yOffsets[i];
        int y1 = yBase + yOffsets[i + 1];
        int y2 = yBase + yOffsets[i + 2];
        int y3 = yBase + yOffsets[i + 3];
        int y4 = yBase + yOffsets[i + 4];
        int y5 = yBase + yOffsets[i + 5];
        if (accumulate) {
          MultiplyTile.accumulate(
              run, x, x0, x1, x2, x3, x4, x5, panel, panelStart, y, y0, y1, y2, y3, y4, y5);
        } else {
          MultiplyTile.overwrite(
              run, x, x0, x1, x2, x3, x4, x5, panel, panelStart, y, y0, y1, y2, y3, y4, y5);
        }
      }
    }
    if (i == end) {
      return;
    }
    float[] tile = new float[ROWS * WIDTH];
    for (; i < end; i += ROWS) {
      int last = end - 1; // rows past the end repeat the last one
      MultiplyTile.overwrite(
          run,
          x,
          xBase + xOffsets[i],
          xBase + xOffsets[Math.min(i + 1, last)],
          xBase + xOffsets[Math.min(i + 2, last)],
          xBase + xOffsets[Math.min(i + 3, last)],
          xBase + xOffsets[Math.min(i + 4, last)],
          xBase + xOffsets[Math.min(i + 5, last)],
          panel,
          panelStart,
          tile,
          0,
          WIDTH,
          2 * WIDTH,
          3 * WIDTH,
          4 * WIDTH,
          5 * WIDTH);
      for (int row = 0; row < Math.min(ROWS, end - i); row++) {
        store(tile, row * WIDTH, y, yBase + yOffsets[i + row], columns, accumulate);
      }
    }
  }

  @Override
  public void correlate(
      int run,
      float[] x,
      int xStart,
      int xStride,
      float[] panel,
      int panelStart,
      float[] out,
      int outStart,
      int rows,
      boolean accumulate) {
    int i = 0;
    for (; i + ROWS <= rows; i += ROWS) {
      int to = outStart + i * WIDTH;
      if (accumulate) {
        CorrelateTile.accumulate(run, x, xStart + i, xStride, panel, panelStart, out, to);
      } else {
        CorrelateTile.overwrite(run, x, xStart + i, xStride, panel, panelStart, out, to);
      }
    }
    if (i == rows) {
      return;
    }
    float[] tile = new float[ROWS * WIDTH];
    if (rows > ROWS) {
      // one tile that ends with the last row; the rows done already are left as they are
      int start = rows - ROWS;
      CorrelateTile.overwrite(run, x, xStart + start, xStride, panel, panelStart, tile, 0);
      for (; i < rows; i++) {
        store(tile, (i - start) * WIDTH, out, outStart + i * WIDTH, WIDTH, accumulate);
      }
      return;
    }
    for (; i < rows; i++) {
      CorrelateTile.single(run, x, xStart + i, xStride, panel, panelStart, tile, 0);
      store(tile, 0, out, outStart + i * WIDTH, WIDTH, accumulate);
    }
  }

  private static void store(
      float[] tile, int from, float[] y, int to, int columns, boolean accumulate) {
    if (!accumulate) {
      System.arraycopy(tile, from, y, to, columns);
      return;
    }
    for (int j = 0; j < columns; j++) {
      y[to + j] = y[to + j] + tile[from + j];
    }
  }
}
