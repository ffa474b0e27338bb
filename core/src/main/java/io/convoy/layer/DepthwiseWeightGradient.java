package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import java.util.Arrays;

/**
 * The gradient of the weights of {@link DepthwiseConvolution}: each pixel row is summed from zero
 * and added to the rows before. The rows are cut into pieces ({@link GradientParts}), which threads
 * share out.
 */
final class DepthwiseWeightGradient implements GradientPass {
  private static final int PIECES = 16;

  private final Kernels kernels;
  private final WorkPool pool;
  private final Correlation forward;
  private final PixelGrid outputGradient;
  private final int channels;
  private final float[][] sums;
  private final GradientParts parts;
  private final WorkPool.Block block = this::piece;
  private int rows;
  private int pieces;

  DepthwiseWeightGradient(
      ConvolutionGeometry geometry,
      Correlation forward,
      PixelGrid outputGradient,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.kernels = kernels;
    this.pool = pool;
    this.forward = forward;
    this.outputGradient = outputGradient;
    channels = geometry.outChannels();
    sums = arena.floats(pool.threads(), geometry.weights());
    parts = new GradientParts(PIECES, geometry.weights(), kernels, pool, arena);
  }

  @Override
  public void run(int samples, float[] target, int offset) {
    rows = samples * outputGradient.height();
    pieces = parts.begin(rows, target, offset);
    pool.run(pieces, block);
    parts.finish();
  }

  private void piece(int piece, int thread) {
    float[] sum = sums[thread];
    Arrays.fill(sum, 0f);
    int last = (int) ((long) (piece + 1) * rows / pieces);
    for (int row = (int) ((long) piece * rows / pieces); row < last; row++) {
      int pixel = row * outputGradient.width();
      kernels
          .depthwise()
          .gradient(
              forward.offsets(),
              forward.from().data(),
              forward.from().at(pixel),
              forward.from().columnStep(),
              outputGradient.data(),
              outputGradient.at(pixel),
              outputGradient.columnStep(),
              sum,
              outputGradient.width(),
              channels);
    }
    float[] to = parts.array(piece);
    int taps = forward.offsets().length;
    for (int tap = 0; tap < taps; tap++) {
      for (int c = 0; c < channels; c++) {
        to[parts.offset(piece) + c * taps + tap] = sum[tap * channels + c];
      }
    }
  }
}
