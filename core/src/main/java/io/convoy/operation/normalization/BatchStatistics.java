package io.convoy.operation.normalization;

import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.Epilogue;
import io.convoy.operation.Pass;
import io.convoy.operation.Pieces;
import io.convoy.tensor.Tensor;

/**
 * The statistics of a shard by channel: the mean of each piece, then its sum of squared deviations;
 * pieces are combined in their order by Chan's formula (Chan, Golub, LeVeque 1979, eq. 2.1) in
 * double precision. E[x²] - E[x]² is never formed.
 */
final class BatchStatistics {
  private final Binding binding;
  private final Pieces pieces;
  private final PieceSums pieceSums;
  private final Tensor x;
  private final int channels;
  private final int rowLength;
  private final float[][] centres;
  private final float[][] moments;
  private final WorkPool.Block block = this::runPiece;

  /** Null where all pieces are worked on together, by {@link #run}. */
  private Epilogue epilogue;

  BatchStatistics(Binding binding, Pieces pieces, PieceSums pieceSums) {
    this.binding = binding;
    this.pieces = pieces;
    this.pieceSums = pieceSums;
    x = binding.input();
    channels = x.shape().channels();
    rowLength = x.shape().width() * channels;
    centres = binding.arena().floats(binding.training() ? binding.pool().threads() : 0, rowLength);
    moments = binding.arena().floats(binding.capacity().shards(), 2 * channels);
  }

  /** A shard's mean of each channel, and behind them the sums of squared deviations from it. */
  float[] moments(int shard) {
    return moments[shard];
  }

  /**
   * The part of {@link #run} that is done piece by piece: from now on, who writes them calls it.
   */
  Epilogue epilogue() {
    epilogue = new Epilogue(pieces, binding.input().capacity(), true, block);
    return epilogue;
  }

  /** Takes the statistics of each shard. */
  void run(Pass pass) {
    if (epilogue == null) {
      pieces.run(pass.samples(), block);
    }
    for (int shard = 0; shard < pass.shards(); shard++) {
      int first = pieces.count(pass.start(shard));
      int last = pieces.count(pass.start(shard + 1));
      for (int c = 0; c < channels; c++) {
        combine(c, first, last, moments[shard]);
      }
    }
  }

  private void runPiece(int piece, int thread) {
    int n = pieces.image(piece);
    float[] sums = pieceSums.firstRow(thread);
    float[] deviations = pieceSums.secondRow(thread);
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      binding.kernels().rows().add(x.data(), x.at(n, h, 0), sums, 0, rowLength);
    }
    float[] pieceMean = pieceSums.first(piece);
    pieceSums.fold(sums, pieceMean);
    float pixels = pieces.pixels(piece);
    for (int c = 0; c < channels; c++) {
      pieceMean[c] /= pixels;
    }
    float[] centre = centres[thread];
    for (int start = 0; start < rowLength; start += channels) {
      System.arraycopy(pieceMean, 0, centre, start, channels);
    }
    for (int h = pieces.firstRow(piece); h < pieces.lastRow(piece); h++) {
      binding.kernels().rows().addSquares(x.data(), x.at(n, h, 0), centre, deviations, rowLength);
    }
    pieceSums.fold(deviations, pieceSums.second(piece));
  }

  private void combine(int c, int first, int last, float[] moments) {
    double pixels = 0;
    double combined = 0;
    double deviations = 0;
    for (int p = first; p < last; p++) {
      double more = pieces.pixels(p);
      double distance = pieceSums.first(p)[c] - combined;
      double share = more / (pixels + more);
      combined += distance * share;
      deviations += pieceSums.second(p)[c] + distance * distance * pixels * share;
      pixels += more;
    }
    moments[c] = (float) combined;
    moments[channels + c] = (float) deviations;
  }
}
