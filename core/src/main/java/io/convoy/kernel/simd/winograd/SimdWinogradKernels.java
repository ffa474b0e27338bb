package io.convoy.kernel.simd.winograd;

import static io.convoy.kernel.Winograd.PATCH;
import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.kernel.scalar.ScalarWinogradKernels;
import io.convoy.kernel.simd.constant.ConstantClasses;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * {@link WinogradKernels} a vector of channels at a time, what is left over one by one. The class
 * is defined anew for each form: one class for both would have calls in its loops that the compiler
 * cannot inline.
 */
final class SimdWinogradKernels implements WinogradKernels {
  private static final WinogradForm FORM =
      WinogradForm.values()[ConstantClasses.constant(MethodHandles.lookup(), 0)];
  private static final WinogradPasses PASSES = WinogradPasses.of(FORM);

  private final WinogradKernels scalar = new ScalarWinogradKernels(FORM);
  private final int tile = FORM.tile();
  private final int kernel = FORM.kernel();

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
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < PATCH; j++) {
        WinogradPasses.input(
            x, xStart + c + j * columnStep, rowStep, work, workStart + j * LANES, PATCH * LANES);
      }
      for (int i = 0; i < PATCH; i++) {
        WinogradPasses.input(
            work,
            workStart + i * PATCH * LANES,
            LANES,
            v,
            vStart + c + i * PATCH * planeStep,
            planeStep);
      }
    }
    if (whole < channels) {
      scalar.input(
          x,
          xStart + whole,
          rowStep,
          columnStep,
          v,
          vStart + whole,
          planeStep,
          channels - whole,
          work,
          workStart);
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
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < kernel; j++) {
        PASSES.weights(
            w,
            wStart + c + j * tapStep,
            kernel * tapStep,
            work,
            workStart + j * LANES,
            kernel * LANES);
      }
      for (int i = 0; i < PATCH; i++) {
        PASSES.weights(
            work,
            workStart + i * kernel * LANES,
            LANES,
            u,
            uStart + c + i * PATCH * planeStep,
            planeStep);
      }
    }
    if (whole < channels) {
      scalar.weights(
          w,
          wStart + whole,
          tapStep,
          u,
          uStart + whole,
          planeStep,
          channels - whole,
          work,
          workStart);
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
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < PATCH; j++) {
        PASSES.output(
            m,
            mStart + c + j * planeStep,
            PATCH * planeStep,
            work,
            workStart + j * LANES,
            PATCH * LANES);
      }
      FloatVector b = FloatVector.fromArray(FLOATS, bias, biasStart + c);
      int row = workStart + tile * PATCH * LANES;
      for (int i = 0; i < rows; i++) {
        PASSES.output(work, workStart + i * PATCH * LANES, LANES, work, row, LANES);
        for (int j = 0; j < columns; j++) {
          FloatVector.fromArray(FLOATS, work, row + j * LANES)
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
          channels - whole,
          work,
          workStart);
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
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < tile; j++) {
        PASSES.outputGradient(
            dy, dyStart + c + j * columnStep, rowStep, work, workStart + j * LANES, tile * LANES);
      }
      for (int i = 0; i < PATCH; i++) {
        PASSES.outputGradient(
            work,
            workStart + i * tile * LANES,
            LANES,
            r,
            rStart + c + i * PATCH * planeStep,
            planeStep);
      }
    }
    if (whole < channels) {
      scalar.outputGradient(
          dy,
          dyStart + whole,
          rowStep,
          columnStep,
          r,
          rStart + whole,
          planeStep,
          channels - whole,
          work,
          workStart);
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
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      for (int j = 0; j < PATCH; j++) {
        PASSES.weightGradient(
            p,
            pStart + c + j * planeStep,
            PATCH * planeStep,
            work,
            workStart + j * LANES,
            PATCH * LANES);
      }
      for (int i = 0; i < kernel; i++) {
        PASSES.weightGradient(
            work,
            workStart + i * PATCH * LANES,
            LANES,
            dw,
            dwStart + c + i * kernel * tapStep,
            tapStep);
      }
    }
    if (whole < channels) {
      scalar.weightGradient(
          p,
          pStart + whole,
          planeStep,
          dw,
          dwStart + whole,
          tapStep,
          channels - whole,
          work,
          workStart);
    }
  }
}
