package io.convoy.operation.normalization;

import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Pieces;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Two sums of each channel over each of the {@link Pieces}: each column of pixels by itself, then
 * the columns in ascending order.
 */
final class PieceSums {
  private final RowKernels kernels;
  private final int channels;
  private final int rowLength;
  private final float[][] first;
  private final float[][] second;
  private final float[][] firstRows;
  private final float[][] secondRows;

  PieceSums(Pieces pieces, Binding binding) {
    kernels = binding.kernels().rows();
    Shape image = binding.input().shape();
    channels = image.channels();
    rowLength = image.width() * channels;
    int count = binding.training() ? pieces.count(binding.input().capacity()) : 0;
    int threads = binding.training() ? binding.pool().threads() : 0;
    first = binding.arena().floats(count, channels);
    second = binding.arena().floats(count, channels);
    firstRows = binding.arena().floats(threads, rowLength);
    secondRows = binding.arena().floats(threads, rowLength);
  }

  /** The first sum of each channel over a piece. */
  float[] first(int piece) {
    return first[piece];
  }

  /** The second sum of each channel over a piece. */
  float[] second(int piece) {
    return second[piece];
  }

  /** Where a thread adds up the rows of a piece for the first sum; all zero. */
  float[] firstRow(int thread) {
    return cleared(firstRows[thread]);
  }

  /** Likewise for the second sum. */
  float[] secondRow(int thread) {
    return cleared(secondRows[thread]);
  }

  private static float[] cleared(float[] row) {
    Arrays.fill(row, 0f);
    return row;
  }

  /** Sums the pixels of a row of sums, channel by channel, in ascending order. */
  void fold(float[] row, float[] perChannel) {
    System.arraycopy(row, 0, perChannel, 0, channels);
    for (int start = channels; start < rowLength; start += channels) {
      kernels.add(row, start, perChannel, 0, channels);
    }
  }
}
