package io.convoy.kernel.scalar;

import io.convoy.kernel.DepthwiseCorrelation;
import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.FusedKernels;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.PoolingKernels;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WinogradKernels;

/** {@link Kernels} one number at a time. */
public final class ScalarKernels implements Kernels {
  private static final int WIDTH = 16;

  private final RowKernels rows = new ScalarRowKernels();
  private final FusedKernels fused = new ScalarFusedKernels();
  private final WinogradKernels winograd = new ScalarWinogradKernels();
  private final PoolingKernels pooling = new ScalarPoolingKernels();

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
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
  public FusedKernels fused() {
    return fused;
  }

  @Override
  public WinogradKernels winograd() {
    return winograd;
  }

  @Override
  public DepthwiseCorrelation depthwise(DepthwiseWindows windows) {
    return new ScalarDepthwiseCorrelation(windows);
  }

  @Override
  public DepthwiseGradient depthwiseGradient(DepthwiseWindows windows) {
    return new ScalarDepthwiseGradient(windows);
  }

  @Override
  public PoolingKernels pooling() {
    return pooling;
  }

  @Override
  public PanelProduct product(int termStep, int rowStep, int width) {
    return (run, x, xStart, panel, panelStart, out, outStart, rows) -> {
      float[] sums = new float[WIDTH];
      for (int i = 0; i < rows; i++) {
        sum(run, x, xStart + i * rowStep, termStep, panel, panelStart, width, sums);
        for (int j = 0; j < width; j++) {
          out[outStart + i * width + j] += sums[j];
        }
      }
    };
  }

  private static void sum(
      int run,
      float[] x,
      int xStart,
      int termStep,
      float[] panel,
      int panelStart,
      int width,
      float[] sums) {
    java.util.Arrays.fill(sums, 0f);
    for (int k = 0; k < run; k++) {
      float factor = x[xStart + k * termStep];
      int row = panelStart + k * width;
      for (int j = 0; j < width; j++) {
        sums[j] = Math.fma(factor, panel[row + j], sums[j]);
      }
    }
  }
}
