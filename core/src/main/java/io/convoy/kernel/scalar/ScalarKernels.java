package io.convoy.kernel.scalar;

import io.convoy.kernel.DepthwiseKernels;
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
  private final DepthwiseKernels depthwise = new ScalarDepthwiseKernels();
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
  public DepthwiseKernels depthwise() {
    return depthwise;
  }

  @Override
  public PoolingKernels pooling() {
    return pooling;
  }

  @Override
  public PanelProduct product(int termStep, int rowStep, int width) {
    return new ScalarPanelProduct(termStep, rowStep, width);
  }
}
