package io.convoy.kernel.scalar;

import static io.convoy.kernel.Winograd.PATCH;

import io.convoy.kernel.Winograd;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;

/** {@link WinogradKernels} one channel at a time. */
public final class ScalarWinogradKernels implements WinogradKernels {
  private final WinogradForm form;
  private final int tile;
  private final int kernel;

  public ScalarWinogradKernels(WinogradForm form) {
    this.form = form;
    tile = form.tile();
    kernel = form.kernel();
  }

  /** A transform in one dimension. */
  private interface Pass {
    void run(float[] x, int at, int step, float[] y, int to, int toStep);
  }

  @Override
  public void input(
      float[] x,
      int xStart,
      int rowStep,
      int columnStep,
      float[] v,
      int vStart,
      int planeStep,
      int channels,
      float[] work,
      int workStart) {
    float[] columns = new float[PATCH * PATCH];
    for (int c = 0; c < channels; c++) {
      columns(Winograd::input, PATCH, x, xStart + c, rowStep, columnStep, columns);
      rows(Winograd::input, PATCH, columns, PATCH, v, vStart + c, PATCH * planeStep, planeStep);
    }
  }

  @Override
  public void weights(
      float[] w,
      int wStart,
      int tapStep,
      float[] u,
      int uStart,
      int planeStep,
      int channels,
      float[] work,
      int workStart) {
    float[] columns = new float[PATCH * kernel];
    for (int c = 0; c < channels; c++) {
      columns(form::weights, kernel, w, wStart + c, kernel * tapStep, tapStep, columns);
      rows(form::weights, PATCH, columns, kernel, u, uStart + c, PATCH * planeStep, planeStep);
    }
  }

  @Override
  public void output(
      float[] m,
      int mStart,
      int planeStep,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int rowStep,
      int columnStep,
      int rows,
      int columns,
      int channels,
      float[] work,
      int workStart) {
    float[] half = new float[tile * PATCH];
    float[] row = new float[tile];
    for (int c = 0; c < channels; c++) {
      columns(form::output, PATCH, m, mStart + c, PATCH * planeStep, planeStep, half);
      for (int i = 0; i < rows; i++) {
        form.output(half, i * PATCH, 1, row, 0, 1);
        for (int j = 0; j < columns; j++) {
          y[yStart + c + i * rowStep + j * columnStep] = row[j] + bias[biasStart + c];
        }
      }
    }
  }

  @Override
  public void outputGradient(
      float[] dy,
      int dyStart,
      int rowStep,
      int columnStep,
      float[] r,
      int rStart,
      int planeStep,
      int channels,
      float[] work,
      int workStart) {
    float[] columns = new float[PATCH * tile];
    for (int c = 0; c < channels; c++) {
      columns(form::outputGradient, tile, dy, dyStart + c, rowStep, columnStep, columns);
      rows(form::outputGradient, PATCH, columns, tile, r, rStart + c, PATCH * planeStep, planeStep);
    }
  }

  @Override
  public void weightGradient(
      float[] p,
      int pStart,
      int planeStep,
      float[] dw,
      int dwStart,
      int tapStep,
      int channels,
      float[] work,
      int workStart) {
    float[] columns = new float[kernel * PATCH];
    for (int c = 0; c < channels; c++) {
      columns(form::weightGradient, PATCH, p, pStart + c, PATCH * planeStep, planeStep, columns);
      rows(
          form::weightGradient, kernel, columns, PATCH, dw, dwStart + c, kernel * tapStep, tapStep);
    }
  }

  /** Transforms each of {@code count} columns; the result's rows are {@code count} floats long. */
  private static void columns(
      Pass pass, int count, float[] x, int start, int rowStep, int columnStep, float[] to) {
    for (int j = 0; j < count; j++) {
      pass.run(x, start + j * columnStep, rowStep, to, j, count);
    }
  }

  /** Transforms each of {@code count} rows. */
  private static void rows(
      Pass pass,
      int count,
      float[] x,
      int rowLength,
      float[] y,
      int start,
      int rowStep,
      int columnStep) {
    for (int i = 0; i < count; i++) {
      pass.run(x, i * rowLength, 1, y, start + i * rowStep, columnStep);
    }
  }
}
