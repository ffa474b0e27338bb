package io.convoy.train;

import io.convoy.data.augment.SampleLoader;
import io.convoy.inference.InferenceBlocks;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.loss.Criterion;
import io.convoy.loss.Loss;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.targets.Target;

/**
 * Loss and accuracy in inference. A set is evaluated in {@linkplain InferenceBlocks blocks}, whose
 * results are added in the order of blocks: so it does not matter who evaluates which.
 *
 * <p>The loss is the plain cross-entropy, without the recipe's label smoothing: the negative log
 * likelihood of the true classes, so that runs with different recipes compare.
 */
public final class Evaluator {
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
  private final InferenceBlocks inference;
  private final Criterion loss;
  private final int correct;
  private final Target[] targets = new Target[InferenceBlocks.SAMPLES];

  /** Takes the memory, and the weights of a state, which is not copied. */
  public Evaluator(
      Network network,
      ConvolutionAlgorithm convolution,
      float[] state,
      SampleLoader loader,
      Kernels kernels,
      WorkPool pool) {
    this.loader = loader;
    inference = new InferenceBlocks(network, convolution, state, loader, kernels, pool);
    loss = SoftmaxCrossEntropy.PLAIN.criterion(network.outputShape());
    correct = SoftmaxCrossEntropy.PLAIN.figures().indexOf(Loss.CORRECT);
  }

  /** Evaluates one block of a set of {@code size} samples. */
  public Result block(int block, int size) {
    int samples = inference.run(block, size);
    for (int n = 0; n < samples; n++) {
      targets[n] = loader.target(InferenceBlocks.first(block) + n);
    }
    loss.compute(inference.outputs().get(0), 0, samples, targets, null);
    return new Result(samples, loss.loss(), (long) loss.figure(correct));
  }

  /** Evaluates a whole set. */
  public Result all(int size) {
    Result result = Result.NONE;
    for (int block = 0; block < InferenceBlocks.count(size); block++) {
      result = result.plus(block(block, size));
    }
    return result;
  }
}
