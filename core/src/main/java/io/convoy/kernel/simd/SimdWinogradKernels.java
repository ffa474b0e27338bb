package io.convoy.kernel.simd;

import static io.convoy.kernel.Winograd.PATCH;
import static io.convoy.kernel.simd.Species.FLOATS;
import static io.convoy.kernel.simd.Species.LANES;

import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.kernel.scalar.ScalarWinogradKernels;
import jdk.incubator.vector.FloatVector;

/** {@link WinogradKernels} a vector of channels at a time, what is left over one by one. */
final class SimdWinogradKernels implements WinogradKernels {
  private final WinogradKernels scalar;
  private final WinogradPasses passes;
  private final int tile;
  private final int kernel;
  private final ThreadLocal<float[]> half =
      ThreadLocal.withInitial(() -> new float[(PATCH * PATCH + 2) * LANES]);

  SimdWinogradKernels(WinogradForm form) {
    scalar = new ScalarWinogradKernels(form);
    passes = WinogradPasses.of(form);
    tile = form.tile();
    kernel = form.kernel();
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
      int channels) {
    float[] t = half.get();
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < PATCH; j++) {
        WinogradPasses.input(x, xStart + c + j * columnStep, rowStep, t, j * LANES, PATCH * LANES);
      }
      for (int i = 0; i < PATCH; i++) {
        WinogradPasses.input(
            t, i * PATCH * LANES, LANES, v, vStart + c + i * PATCH * planeStep, planeStep);
      }
    }
    if (whole < channels) {
      scalar.input(
          x, xStart + whole, rowStep, columnStep, v, vStart + whole, planeStep, channels - whole);
    }
  }

  @Override
  public void weights(
      float[] w, int wStart, int tapStep, float[] u, int uStart, int planeStep, int channels) {
    float[] t = half.get();
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < kernel; j++) {
        passes.weights(w, wStart + c + j * tapStep, kernel * tapStep, t, j * LANES, kernel * LANES);
      }
      for (int i = 0; i < PATCH; i++) {
        passes.weights(
            t, i * kernel * LANES, LANES, u, uStart + c + i * PATCH * planeStep, planeStep);
      }
    }
    if (whole < channels) {
      scalar.weights(w, wStart + whole, tapStep, u, uStart + whole, planeStep, channels - whole);
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
      int channels) {
    float[] t = half.get();
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < PATCH; j++) {
        passes.output(
            m, mStart + c + j * planeStep, PATCH * planeStep, t, j * LANES, PATCH * LANES);
      }
      FloatVector b = FloatVector.fromArray(FLOATS, bias, biasStart + c);
      for (int i = 0; i < rows; i++) {
        passes.output(t, i * PATCH * LANES, LANES, t, tile * PATCH * LANES, LANES);
        for (int j = 0; j < columns; j++) {
          FloatVector.fromArray(FLOATS, t, (tile * PATCH + j) * LANES)
              .add(b)
              .intoArray(y, yStart + c + i * rowStep + j * columnStep);
        }
      }
    }
    if (whole < channels) {
      scalar.output(
          m,
          mStart + whole,
          planeStep,
          bias,
          biasStart + whole,
          y,
          yStart + whole,
          rowStep,
          columnStep,
          rows,
          columns,
          channels - whole);
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
      int channels) {
    float[] t = half.get();
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < tile; j++) {
        passes.outputGradient(
            dy, dyStart + c + j * columnStep, rowStep, t, j * LANES, tile * LANES);
      }
      for (int i = 0; i < PATCH; i++) {
        passes.outputGradient(
            t, i * tile * LANES, LANES, r, rStart + c + i * PATCH * planeStep, planeStep);
      }
    }
    if (whole < channels) {
      scalar.outputGradient(
          dy, dyStart + whole, rowStep, columnStep, r, rStart + whole, planeStep, channels - whole);
    }
  }

  @Override
  public void weightGradient(
      float[] p, int pStart, int planeStep, float[] dw, int dwStart, int tapStep, int channels) {
    float[] t = half.get();
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < PATCH; j++) {
        passes.weightGradient(
            p, pStart + c + j * planeStep, PATCH * planeStep, t, j * LANES, PATCH * LANES);
      }
      for (int i = 0; i < kernel; i++) {
        passes.weightGradient(
            t, i * PATCH * LANES, LANES, dw, dwStart + c + i * kernel * tapStep, tapStep);
      }
    }
    if (whole < channels) {
      scalar.weightGradient(
          p, pStart + whole, planeStep, dw, dwStart + whole, tapStep, channels - whole);
    }
  }
}
