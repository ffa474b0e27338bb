package io.convoy.kernel;

/**
 * The transforms of Winograd's minimal filtering in one {@link WinogradForm}, as a contract: a tile
 * of 4 x 4 outputs of a 3 x 3 correlation, or of 2 x 2 of a 5 x 5 one, takes 36 multiplications a
 * channel in place of 144 or 100 (Lavin and Gray, "Fast Algorithms for Convolutional Neural
 * Networks", 2016, with the points 0, 1, -1, 2, -2). For 3 x 3:
 *
 * <pre>
 *   y  = Aᵀ [ sum over channels of (G g Gᵀ) ⊙ (Bᵀ d B) ] A         d: 6 x 6 inputs, y: 4 x 4 outputs
 *   dg = Gᵀ [ sum over tiles of (Bᵀ d B) ⊙ (A dy Aᵀ) ] G           the gradient of g, 3 x 3
 *
 *        4  0 -5  0  1  0              1/4    0    0
 *        0 -4 -4  1  1  0             -1/6 -1/6 -1/6              1  1  1  1  1  0
 *   Bᵀ = 0  4 -4 -1  1  0         G = -1/6  1/6 -1/6         Aᵀ = 0  1 -1  2 -2  0
 *        0 -2 -1  2  1  0             1/24 1/12  1/6              0  1  1  4  4  0
 *        0  2 -1 -2  1  0             1/24-1/12  1/6              0  1 -1  8 -8  1
 *        0  4  0 -5  0  1                0    0    1
 * </pre>
 *
 * <p>Each channel is transformed for itself, columns first, then rows, by the operations that
 * {@link WinogradForm} and {@link Winograd#input} give. A transformed tile is 36 planes, row by
 * row, {@code planeStep} floats apart. Each transform takes {@link #WORK} floats to work in, apart
 * from its operands; they had best begin on a cache line.
 */
public interface WinogradKernels {
  /** Floats that a transform works in: columns of a tile, and a row, in the widest vectors. */
  int WORK = (Winograd.PLANES + Winograd.PATCH) * 16;

  /** {@code v = Bᵀ x B}, for each of some channels that lie side by side. */
  void input(
      float[] x,
      int xStart,
      int rowStep,
      int columnStep,
      float[] v,
      int vStart,
      int planeStep,
      int channels,
      float[] work,
      int workStart);

  /** {@code u = G w Gᵀ}; the taps of w, row by row, are {@code tapStep} floats apart. */
  void weights(
      float[] w,
      int wStart,
      int tapStep,
      float[] u,
      int uStart,
      int planeStep,
      int channels,
      float[] work,
      int workStart);

  /**
   * {@code y = Aᵀ m A + bias}, of which the first rows and columns are written.
   *
   * @param rows rows of the tile that are there, at least 1
   * @param columns columns of the tile that are there, at least 1
   */
  void output(
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
      int workStart);

  /** {@code r = A dy Aᵀ}, for the gradient of the weights. */
  void outputGradient(
      float[] dy,
      int dyStart,
      int rowStep,
      int columnStep,
      float[] r,
      int rStart,
      int planeStep,
      int channels,
      float[] work,
      int workStart);

  /** {@code dw = Gᵀ p G}; the taps of dw are {@code tapStep} floats apart. */
  void weightGradient(
      float[] p,
      int pStart,
      int planeStep,
      float[] dw,
      int dwStart,
      int tapStep,
      int channels,
      float[] work,
      int workStart);
}
