package io.convoy.inference;

import io.convoy.data.augment.SampleLoader;
import io.convoy.execution.Execution;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Pass;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network's outputs over a set of images, in blocks of {@value #SAMPLES}: loaded as they are, and
 * forward. It knows no targets; whoever consumes the outputs does. One thread at a time; it works
 * on the pool's threads.
 */
public final class InferenceBlocks {
  /** Samples of a block; the last one has what is left. */
  public static final int SAMPLES = 64;

  private final SampleLoader loader;
  private final WorkPool pool;
  private final Execution execution;
  private final List<Tensor> outputs;
  private final Pass pass = new Pass(SAMPLES);
  private final SampleLoader.Scratch[] scratch;

  /**
   * Takes the memory, and the weights.
   *
   * @param state the weights and moving averages, in the network's layout; not copied
   * @param pool whose threads compute, with the thread that calls this
   * @throws io.convoy.error.ConvoyException of kind RESOURCE where subnormal numbers are lost
   */
  public InferenceBlocks(
      Network network,
      ConvolutionAlgorithm convolution,
      float[] state,
      SampleLoader loader,
      Kernels kernels,
      WorkPool pool) {
    Subnormals.require(kernels, pool);
    this.loader = loader;
    this.pool = pool;
    execution = Execution.inference(network, SAMPLES, convolution, kernels, pool);
    execution.load(state);
    outputs = IntStream.range(0, network.outputs().size()).mapToObj(execution::output).toList();
    scratch = new SampleLoader.Scratch[pool.threads()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = loader.newScratch();
    }
  }

  /**
   * Bytes of the buffers that it takes: packed weights, and activations of a block.
   *
   * @param threads kernel threads, at least 1
   */
  public static long bufferBytes(
      Network network, ConvolutionAlgorithm convolution, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return Execution.planInference(network, SAMPLES, convolution, kernels, pool).bytes();
    }
  }

  /** The number of blocks of a set. */
  public static int count(int samples) {
    return (samples + SAMPLES - 1) / SAMPLES;
  }

  /** The first sample of a block. */
  public static int first(int block) {
    return block * SAMPLES;
  }

  /**
   * Computes the outputs of a block.
   *
   * @param size samples of the set
   * @return samples of the block
   */
  public int run(int block, int size) {
    int first = first(block);
    int samples = Math.min(SAMPLES, size - first);
    pool.run(
        samples,
        (slot, thread) -> loader.loadPlain(execution.input(), slot, first + slot, scratch[thread]));
    execution.forward(pass.inference(samples));
    return samples;
  }

  /** The outputs of the last block, in the network's order: its samples come first. */
  public List<Tensor> outputs() {
    return outputs;
  }
}
