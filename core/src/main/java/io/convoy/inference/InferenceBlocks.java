package io.convoy.inference;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.execution.Execution;
import io.convoy.feed.Batch;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleOrder;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.shard.Stripe;
import io.convoy.tensor.Tensor;
import java.util.List;

/**
 * A network's outputs over a set of images, in blocks of {@value #SAMPLES}: loaded as they are, and
 * forward. It knows no targets; whoever consumes the outputs does. Several can share out the blocks
 * of a set: block b falls to one of N by b mod N. One thread at a time; it works on the pool's
 * threads.
 */
public final class InferenceBlocks implements AutoCloseable {
  /** Samples of a block; the last one has what is left. */
  public static final int SAMPLES = 64;

  private final Stripe blocks;
  private final WorkPool pool;
  private final ForwardPass forward;
  private final SampleFeed feed;

  /**
   * Takes the memory, and the weights.
   *
   * @param state the weights and moving averages, in the network's layout; not copied
   * @param loader whose samples are read as they are, whatever its augmentation
   * @param rank of those who share out the blocks, from 0
   * @param ranks N, at least 1
   * @param pool whose threads compute, with the thread that calls this
   * @throws io.convoy.error.ConvoyException of kind RESOURCE where subnormal numbers are lost
   */
  public InferenceBlocks(
      Network network,
      ConvolutionAlgorithm convolution,
      float[] state,
      SampleLoader loader,
      int rank,
      int ranks,
      Kernels kernels,
      WorkPool pool) {
    this.pool = pool;
    forward =
        new ForwardPass(
            network, convolution, state, loader.standardization(), SAMPLES, kernels, pool);
    int samples = loader.source().size();
    blocks = new Stripe(rank, ranks, (samples + SAMPLES - 1) / SAMPLES);
    SampleOrder order = new BlockOrder(blocks, SAMPLES, samples);
    feed = SampleFeed.of(loader.plain(), order, pool.threads()); // last: has threads
  }

  /**
   * Bytes of the buffers that it takes: packed weights, activations of blocks, and samples that are
   * read ahead.
   *
   * @param threads kernel threads, at least 1
   */
  public static long bufferBytes(
      Network network, ConvolutionAlgorithm convolution, Kernels kernels, int threads) {
    long samples =
        SampleFeed.mostBytes(SAMPLES, network.inputShape().elements(), threads, Augmentation.NONE);
    try (WorkPool pool = new WorkPool(threads)) {
      return samples
          + Execution.planInference(network, SAMPLES, convolution, kernels, pool).bytes();
    }
  }

  /** The blocks that are computed here. */
  public int count() {
    return blocks.count();
  }

  /** The number, in the set, of the block {@code i} that is computed here. */
  public int block(int i) {
    return blocks.unit(i);
  }

  /**
   * Computes the outputs of a block. Those that follow are read ahead.
   *
   * @param i from 0 to {@link #count} - 1, one after the other
   * @return the numbers of its samples in the set
   */
  public int[] run(int i) {
    Batch batch = feed.begin(i, 0);
    pool.run(batch.samples(), (slot, thread) -> feed.load(slot, forward.samples(), slot, thread));
    forward.run(batch.samples());
    return batch.rows();
  }

  /** The outputs of the last block, in the network's order: its samples come first. */
  public List<Tensor> outputs() {
    return forward.outputs();
  }

  @Override
  public void close() {
    feed.close();
  }
}
