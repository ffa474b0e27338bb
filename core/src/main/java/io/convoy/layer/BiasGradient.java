package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import java.util.Arrays;

/**
 * The gradient of a bias: the sum of the output's gradient over all pixels, in pieces of some rows
 * ({@link GradientParts}), which threads share out.
 */
final class BiasGradient implements GradientPass {
  private static final int PIECES = 16;

  private final Kernels kernels;
  private final WorkPool pool;
  private final PixelGrid outputGradient;
  private final int channels;
  private final GradientParts parts;
  private final WorkPool.Block block = this::piece;
  private int rows;
  private int pieces;

  BiasGradient(
      PixelGrid outputGradient, int channels, Kernels kernels, WorkPool pool, Arena arena) {
    this.kernels = kernels;
    this.pool = pool;
    this.outputGradient = outputGradient;
    this.channels = channels;
    parts = new GradientParts(PIECES, channels, kernels, pool, arena);
  }

  @Override
  public void run(int samples, float[] target, int offset) {
    rows = samples * outputGradient.height();
    pieces = parts.begin(rows, target, offset);
    pool.run(pieces, block);
    parts.finish();
  }

  private void piece(int piece, int thread) {
    float[] sum = parts.array(piece);
    int to = parts.offset(piece);
    Arrays.fill(sum, to, to + channels, 0f);
    int width = outputGradient.width();
    int last = (int) ((long) (piece + 1) * rows / pieces) * width;
    for (int pixel = (int) ((long) piece * rows / pieces) * width; pixel < last; pixel++) {
      int from = outputGradient.at(pixel);
      kernels.rows().add(outputGradient.data(), from, sum, to, channels);
    }
  }
}
