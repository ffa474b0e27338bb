package io.convoy.kernel;

/**
 * The inner loops that are worth vector registers, as a contract that every provider meets bit for
 * bit. Providers differ in speed alone.
 *
 * <p>Implementations are called from many threads.
 */
public interface Kernels {
  /** Rows past the last one that a {@link PanelProduct} may read of x and write of out. */
  int SPARE_ROWS = 15;

  /** Of a multiple of so many rows, a {@link PanelProduct} reads and writes none past the last. */
  int WHOLE_ROWS = 48;

  /** "scalar" or "simd". */
  String name();

  /** Floats in a vector register; 1 for scalar. */
  int lanes();

  /** Columns of a whole panel; a multiple of {@link #lanes()}. It has no part in any result. */
  int panelWidth();

  /** The element-wise passes of the same provider. */
  RowKernels rows();

  /** The functions of one number of the same provider. */
  ActivationKernels activations();

  /** The passes that do several layers' work, of the same provider. */
  FusedKernels fused();

  /** The transforms for Winograd's convolution in a form, of the same provider. */
  WinogradKernels winograd(WinogradForm form);

  /** The passes that decode a JPEG, of the same provider. */
  JpegKernels jpeg();

  /** Rows of windows of max-pooling, of the same provider. */
  PoolingKernels pooling();

  /** A pass of resizing images, of the same provider. */
  ResamplingKernel resampling();

  /**
   * The product for operands whose terms and rows lie at these distances: compiled for them, which
   * may take a fraction of a second the first time. Ask while planning, not in a pass.
   *
   * @param termStep floats of x from one term to the next, at least 1
   * @param rowStep floats of x from one row to the next, at least 1
   * @param panelStep floats from one row of the panel to the next
   * @param width columns of the panel: {@link #lanes()} to {@link #panelWidth()}, in whole lanes
   */
  PanelProduct product(int termStep, int rowStep, int panelStep, int width);

  /** The same for a panel whose rows lie side by side. */
  default PanelProduct product(int termStep, int rowStep, int width) {
    return product(termStep, rowStep, width, width);
  }

  /**
   * The product for operands whose terms lie anywhere, compiled likewise.
   *
   * @param rowStep floats of x from one row to the next, at least 1
   * @param panelStep floats from one row of the panel to the next, or 0 where they lie anywhere
   * @param width columns of the panel: up to {@link #panelWidth()}, in pairs of whole lanes
   * @param rows rows of most calls: it has no part in any result
   */
  ScatteredProduct scattered(int rowStep, int panelStep, int width, int rows);

  /**
   * The update for operands at these distances: compiled for them, as a {@link #product} is.
   *
   * @param panelStep floats from one row of the panel to the next
   * @param outStep floats from one row of sums to the next
   */
  PanelUpdate update(int panelStep, int outStep);

  /** The product over the terms of several shards, of the same provider. */
  ShardedProduct sharded();

  /** A depthwise convolution over such windows: compiled for them, as a {@link #product} is. */
  DepthwiseCorrelation depthwise(DepthwiseWindows windows);

  /** The gradient of the weights of a {@link #depthwise} convolution, compiled likewise. */
  DepthwiseGradient depthwiseGradient(DepthwiseWindows windows);

  /** The narrowest panel that holds so many columns, 1 to {@link #panelWidth()}. */
  default int widthFor(int columns) {
    return (columns + lanes() - 1) / lanes() * lanes();
  }
}
