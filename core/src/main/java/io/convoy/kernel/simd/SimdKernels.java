package io.convoy.kernel.simd;

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
import io.convoy.kernel.scalar.ScalarDepthwiseCorrelation;
import io.convoy.kernel.scalar.ScalarDepthwiseGradient;
import io.convoy.kernel.simd.constant.Species;
import io.convoy.kernel.simd.depthwise.SimdDepthwiseCorrelation;
import io.convoy.kernel.simd.depthwise.SimdDepthwiseGradient;
import io.convoy.kernel.simd.pixel.SimdJpegKernels;
import io.convoy.kernel.simd.pixel.SimdResamplingKernel;
import io.convoy.kernel.simd.row.SimdActivationKernels;
import io.convoy.kernel.simd.row.SimdFusedKernels;
import io.convoy.kernel.simd.row.SimdPoolingKernels;
import io.convoy.kernel.simd.row.SimdRowKernels;
import io.convoy.kernel.simd.tile.ScatteredTiles;
import io.convoy.kernel.simd.tile.ShardedProducts;
import io.convoy.kernel.simd.tile.Tiles;
import io.convoy.kernel.simd.tile.Updates;
import io.convoy.kernel.simd.winograd.WinogradClasses;
import java.util.EnumMap;
import java.util.Map;

/** {@link Kernels} in vector registers. */
public final class SimdKernels implements Kernels {
  private final RowKernels rows = new SimdRowKernels();
  private final ActivationKernels activations = new SimdActivationKernels();
  private final FusedKernels fused = new SimdFusedKernels();
  private final Map<WinogradForm, WinogradKernels> winograd = new EnumMap<>(WinogradForm.class);
  private final JpegKernels jpeg = new SimdJpegKernels();
  private final PoolingKernels pooling = new SimdPoolingKernels();
  private final ResamplingKernel resampling = new SimdResamplingKernel();

  public SimdKernels() {
    for (WinogradForm form : WinogradForm.values()) {
      winograd.put(form, WinogradClasses.of(form));
    }
  }

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
    return Tiles.panelVectors() * Species.LANES;
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
    return windows.channels() < Species.LANES
        ? new ScalarDepthwiseCorrelation(windows)
        : new SimdDepthwiseCorrelation(windows);
  }

  @Override
  public DepthwiseGradient depthwiseGradient(DepthwiseWindows windows) {
    return windows.channels() < Species.LANES
        ? new ScalarDepthwiseGradient(windows)
        : new SimdDepthwiseGradient(windows);
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
    return Tiles.of(termStep, rowStep, panelStep, width / Species.LANES);
  }

  @Override
  public ScatteredProduct scattered(int rowStep, int panelStep, int width, int rows) {
    return ScatteredTiles.of(rowStep, panelStep, width / Species.LANES, rows);
  }

  @Override
  public PanelUpdate update(int panelStep, int outStep) {
    return Updates.of(panelStep, outStep);
  }

  @Override
  public ShardedProduct sharded() {
    return ShardedProducts.compiled();
  }
}
