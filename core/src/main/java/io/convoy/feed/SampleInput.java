package io.convoy.feed;

import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.Standardization;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.dense.DenseForward;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;

/**
 * Where the samples of a pass are written before the network takes them: its input itself, or,
 * where they are whitened, a place of their own, from which a product of matrices brings them to
 * the input: {@code x' = W x}, for all samples of the pass at once, as a dense layer computes it.
 */
public final class SampleInput {
  private final Tensor input;
  private final Tensor samples;
  private final Tensor white;
  private final DenseForward product;
  private final WorkPool pool;
  private final WorkPool.Block copyBlock = this::copy;

  /**
   * Takes the memory.
   *
   * @param input of the network
   * @param standardization of the samples that are written
   */
  public SampleInput(
      Tensor input, Standardization standardization, Kernels kernels, WorkPool pool) {
    this.input = input;
    this.pool = pool;
    float[] matrix = standardization.statistics().map(ImageStatistics::matrix).orElse(null);
    if (matrix == null) {
      samples = input;
      white = null;
      product = null;
      return;
    }
    Arena arena = new Arena();
    samples = arena.tensor(input.capacity(), input.shape(), 0);
    white = arena.tensor(input.capacity(), input.shape(), 0);
    product = product(samples, white, kernels, pool, arena);
    product.load(matrix, 0);
  }

  private static DenseForward product(
      Tensor from, Tensor to, Kernels kernels, WorkPool pool, Arena arena) {
    int elements = from.shape().elements();
    return new DenseForward(
        flat(from), flat(to), elements, elements, from.capacity(), kernels, pool, arena);
  }

  /** Each sample as one pixel, all of whose elements are channels. */
  private static PixelGrid flat(Tensor tensor) {
    int step = tensor.imageStride();
    return new PixelGrid(tensor.data(), tensor.at(0, 0, 0), 1, 1, step, step, step);
  }

  /**
   * Bytes that are taken beside the network's input: the statistics of the images, and for
   * whitening places for the samples.
   *
   * @param capacity samples of a pass at the most
   * @param threads of the pool, at least 1
   */
  public static long bytes(
      Standardization standardization, Shape input, int capacity, Kernels kernels, int threads) {
    ImageStatistics.Parts parts = standardization.parts();
    long statistics = ImageStatistics.bytes(parts, input);
    if (parts != ImageStatistics.Parts.MEAN_AND_MATRIX) {
      return statistics;
    }
    Arena arena = Arena.planning();
    Tensor from = arena.tensor(capacity, input, 0);
    Tensor to = arena.tensor(capacity, input, 0);
    try (WorkPool pool = new WorkPool(threads)) {
      product(from, to, kernels, pool, arena);
    }
    return statistics + arena.bytes();
  }

  /** Where samples are to be written. */
  public Tensor samples() {
    return samples;
  }

  /** Brings the first samples to the network's input, once they are written. */
  public void finish(int count) {
    if (product == null) {
      return;
    }
    product.run(count, null, 0, null);
    pool.run(count, copyBlock);
  }

  private void copy(int slot, int thread) {
    int line = input.shape().width() * input.shape().channels();
    for (int h = 0; h < input.shape().height(); h++) {
      System.arraycopy(
          white.data(), white.at(slot, h, 0), input.data(), input.at(slot, h, 0), line);
    }
  }
}
