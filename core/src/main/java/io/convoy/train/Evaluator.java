package io.convoy.train;

import io.convoy.data.SampleLoader;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.layer.ConvolutionAlgorithm;
import io.convoy.layer.Pass;
import io.convoy.loss.Criterion;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Execution;
import io.convoy.network.Network;

/**
 * Loss and accuracy in inference. A set is evaluated in blocks of {@value #BLOCK} samples, whose
 * results are added in the order of blocks: so it does not matter who evaluates which.
 *
 * <p>The loss is the plain cross-entropy, without the recipe's label smoothing: the negative log
 * likelihood of the true classes, so that runs with different recipes compare.
 */
public final class Evaluator {
  /** Samples of a block. */
  public static final int BLOCK = 64;

  /**
   * Summed results.
   *
   * @param samples how many
   * @param lossSum the sum of their losses
   * @param correct how many have their largest logit at the true class
   */
  public record Result(long samples, double lossSum, long correct) {
    public static final Result NONE = new Result(0, 0, 0);

    public Result plus(Result next) {
      return new Result(samples + next.samples, lossSum + next.lossSum, correct + next.correct);
    }

    /** The mean loss. */
    public double loss() {
      return lossSum / samples;
    }

    /** The share of correct ones, in [0, 1]. */
    public double accuracy() {
      return (double) correct / samples;
    }
  }

  private final SampleLoader loader;
  private final WorkPool pool;
  private final Execution execution;
  private final Pass pass = new Pass(BLOCK);
  private final Criterion loss;
  private final SampleLoader.Scratch[] scratch;
  private final int[] labels = new int[BLOCK];

  /**
   * Takes the memory.
   *
   * @param pool whose threads compute, with the thread that calls this
   * @throws io.convoy.error.ConvoyException of kind RESOURCE where subnormal numbers are lost
   */
  public Evaluator(
      Network network,
      ConvolutionAlgorithm convolution,
      float[] state,
      SampleLoader loader,
      Kernels kernels,
      WorkPool pool) {
    Subnormals.require(kernels, pool);
    this.loader = loader;
    this.pool = pool;
    execution = Execution.inference(network, BLOCK, convolution, kernels, pool);
    execution.load(state);
    loss = SoftmaxCrossEntropy.PLAIN.criterion(network.outputShape().channels());
    scratch = new SampleLoader.Scratch[pool.threads()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = loader.newScratch();
    }
  }

  /**
   * Bytes of the buffers that an evaluation takes: packed weights, and activations of a block.
   *
   * @param threads kernel threads, at least 1
   */
  public static long bufferBytes(
      Network network, ConvolutionAlgorithm convolution, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return Execution.planInference(network, BLOCK, convolution, kernels, pool).bytes();
    }
  }

  /** The number of blocks of a set. */
  public static int blocks(int samples) {
    return (samples + BLOCK - 1) / BLOCK;
  }

  /** Evaluates one block of a set of {@code size} samples. */
  public Result block(int block, int size) {
    int first = block * BLOCK;
    int samples = Math.min(BLOCK, size - first);
    pool.run(
        samples,
        (slot, thread) -> {
          labels[slot] = loader.label(first + slot);
          loader.loadPlain(execution.input(), slot, first + slot, scratch[thread]);
        });
    execution.forward(pass.inference(samples));
    loss.compute(execution.output(), samples, labels, null);
    return new Result(samples, loss.loss(), loss.correct());
  }

  /** Evaluates a whole set. */
  public Result all(int size) {
    Result result = Result.NONE;
    for (int block = 0; block < blocks(size); block++) {
      result = result.plus(block(block, size));
    }
    return result;
  }
}
