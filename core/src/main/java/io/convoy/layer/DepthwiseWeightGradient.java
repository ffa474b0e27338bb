package io.convoy.layer;

import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import java.util.Arrays;

/**
 * The gradient of the weights of {@link DepthwiseConvolution}. Pixel rows are cut into pieces
 * ({@link GradientParts}), as many as the number of channels says: few where there are many.
 * Threads share out the pieces, and of each piece blocks of channels.
 */
final class DepthwiseWeightGradient implements GradientPass {
  /** Channels of all pieces together. */
  private static final int PIECE_CHANNELS = 512;

  /** Fewest channels of a block, and what a block is a multiple of. */
  private static final int BLOCK = 32;

  /** Tasks for each thread: so many that none waits long for the last. */
  private static final int THREAD_TASKS = 4;

  private final WorkPool pool;
  private final Correlation forward;
  private final PixelGrid outputGradient;
  private final int channels;
  private final int taps;
  private final int pitch;
  private final DepthwiseGradient kernel;
  private final float[][] sums;
  private final GradientParts parts;
  private final WorkPool.Block task = this::task;
  private int rows;
  private int pieces;
  private int blockChannels;

  DepthwiseWeightGradient(
      ConvolutionGeometry geometry,
      Correlation forward,
      PixelGrid outputGradient,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.pool = pool;
    this.forward = forward;
    this.outputGradient = outputGradient;
    channels = geometry.outChannels();
    taps = geometry.taps();
    DepthwiseWindows windows = forward.windows(outputGradient, channels);
    kernel = kernels.depthwiseGradient(windows);
    pitch = windows.pitch();
    sums = arena.floats(pool.threads(), taps * pitch);
    parts =
        new GradientParts(
            PIECE_CHANNELS / Math.max(BLOCK, channels), geometry.weights(), kernels, pool, arena);
  }

  @Override
  public void run(int samples, float[] target, int offset) {
    rows = samples * outputGradient.height();
    pieces = parts.begin(rows, target, offset);
    long terms = (long) rows * outputGradient.width() * taps * channels;
    int wanted = DepthwiseConvolution.worthSharing(terms, pool) ? pool.threads() * THREAD_TASKS : 1;
    int perPiece = (wanted + pieces - 1) / pieces;
    int blocks = (channels + BLOCK - 1) / BLOCK;
    blockChannels = (blocks + perPiece - 1) / perPiece * BLOCK;
    if (wanted == 1) {
      for (int piece = 0; piece < pieces; piece++) {
        task(piece, 0);
      }
    } else {
      pool.run(pieces * blocksOfPiece(), task);
    }
    parts.finish();
  }

  private int blocksOfPiece() {
    return (channels + blockChannels - 1) / blockChannels;
  }

  private void task(int task, int thread) {
    int piece = task / blocksOfPiece();
    int first = task % blocksOfPiece() * blockChannels;
    int until = Math.min(channels, first + blockChannels);
    float[] sum = sums[thread];
    for (int tap = 0; tap < taps; tap++) {
      Arrays.fill(sum, tap * pitch + first, tap * pitch + until, 0f);
    }
    sum(piece, first, until, sum);
    float[] to = parts.array(piece);
    int start = parts.offset(piece);
    for (int tap = 0; tap < taps; tap++) {
      for (int c = first; c < until; c++) {
        to[start + c * taps + tap] = sum[tap * pitch + c];
      }
    }
  }

  /** Sums the rows of a piece, image by image. */
  private void sum(int piece, int first, int until, float[] sum) {
    int height = outputGradient.height();
    int last = (int) ((long) (piece + 1) * rows / pieces);
    for (int row = (int) ((long) piece * rows / pieces); row < last; ) {
      int count = Math.min(last - row, height - row % height);
      int pixel = row * outputGradient.width();
      kernel.accumulate(
          forward.from().data(),
          forward.from().at(pixel),
          outputGradient.data(),
          outputGradient.at(pixel),
          sum,
          count,
          first,
          until);
      row += count;
    }
  }
}
