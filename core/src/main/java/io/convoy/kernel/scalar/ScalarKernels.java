package io.convoy.kernel.scalar;

import io.convoy.kernel.ActivationKernels;
import io.convoy.kernel.DepthwiseCorrelation;
import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.FusedKernels;
import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.PanelUpdate;
import io.convoy.kernel.PoolingKernels;
import io.convoy.kernel.ResamplingKernel;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.ScatteredProduct;
import io.convoy.kernel.ShardedProduct;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import java.util.EnumMap;
import java.util.Map;

/** {@link Kernels} one number at a time. */
public final class ScalarKernels implements Kernels {
  private static final int WIDTH = 16;

  private final ShardedProduct sharded = new ScalarShardedProduct(WIDTH);
  private final RowKernels rows = new ScalarRowKernels();
  private final ActivationKernels activations = new ScalarActivationKernels();
  private final FusedKernels fused = new ScalarFusedKernels();
  private final Map<WinogradForm, WinogradKernels> winograd = new EnumMap<>(WinogradForm.class);
  private final JpegKernels jpeg = new ScalarJpegKernels();
  private final PoolingKernels pooling = new ScalarPoolingKernels();
  private final ResamplingKernel resampling = new ScalarResamplingKernel();

  public ScalarKernels() {
    for (WinogradForm form : WinogradForm.values()) {
      winograd.put(form, new ScalarWinogradKernels(form));
    }
  }

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
  public ActivationKernels activations() {
    return activations;
  }

  @Override
  public FusedKernels fused() {
    return fused;
  }

  @Override
  public WinogradKernels winograd(WinogradForm form) {
    return winograd.get(form);
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
  public JpegKernels jpeg() {
    return jpeg;
  }

  @Override
  public PoolingKernels pooling() {
    return pooling;
  }

  @Override
  public ResamplingKernel resampling() {
    return resampling;
  }

  @Override
  public PanelProduct product(int termStep, int rowStep, int panelStep, int width) {
    return new ScalarPanelProduct(termStep, rowStep, panelStep, width);
  }

  @Override
  public ScatteredProduct scattered(int rowStep, int panelStep, int width, int rows) {
    return new ScalarScatteredProduct(rowStep, panelStep, width);
  }

  @Override
  public PanelUpdate update(int panelStep, int outStep) {
    return new ScalarPanelUpdate(panelStep, outStep);
  }

  @Override
  public ShardedProduct sharded() {
    return sharded;
  }
}
