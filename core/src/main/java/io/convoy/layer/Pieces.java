package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/**
 * Sums over images, piece by piece: a piece is some rows of one image, their number follows from
 * the width alone. Two sums of each channel are taken at a time, each column of pixels by itself,
 * then the columns in ascending order.
 */
final class Pieces {
  private static final int PIECE_PIXELS = 512;

  private final Binding binding;
  private final Shape image;
  private final int channels;
  private final int rowLength;
  private final int rows;
  private final int perImage;
  private final float[][] first;
  private final float[][] second;
  private final float[][] firstRows;
  private final float[][] secondRows;

  Pieces(Binding binding) {
    this.binding = binding;
    image = binding.input().shape();
    channels = image.channels();
    rowLength = image.width() * channels;
    rows = Math.min(image.height(), Math.max(1, PIECE_PIXELS / image.width()));
    perImage = (image.height() + rows - 1) / rows;
    int pieces = binding.training() ? capacity() : 0;
    int threads = binding.training() ? binding.pool().threads() : 0;
    first = binding.arena().floats(pieces, channels);
    second = binding.arena().floats(pieces, channels);
    firstRows = binding.arena().floats(threads, rowLength);
    secondRows = binding.arena().floats(threads, rowLength);
  }

  /** The pieces of so many samples. */
  int count(int samples) {
    return samples * perImage;
  }

  /** Runs a block for each piece of so many samples. */
  void run(int samples, WorkPool.Block block) {
    binding.pool().run(count(samples), block);
  }

  /** Pieces of as many samples as there is room for. */
  int capacity() {
    return count(binding.input().capacity());
  }

  /** The piece that a row of an image belongs to. */
  int of(int image, int row) {
    return image * perImage + row / rows;
  }

  int image(int piece) {
    return piece / perImage;
  }

  int firstRow(int piece) {
    return piece % perImage * rows;
  }

  int lastRow(int piece) {
    return Math.min(image.height(), firstRow(piece) + rows);
  }

  /** Pixels of a piece. */
  int pixels(int piece) {
    return (lastRow(piece) - firstRow(piece)) * image.width();
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
  float[] firstSums(int thread) {
    return cleared(firstRows[thread]);
  }

  /** Likewise for the second sum. */
  float[] secondSums(int thread) {
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
      binding.kernels().rows().add(row, start, perChannel, 0, channels);
    }
  }
}
