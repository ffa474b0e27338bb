package io.convoy.train;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.SampleLoader;
import io.convoy.inference.InferenceBlocks;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.Criterion;
import io.convoy.loss.Loss;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Loss and accuracy in inference. A set is evaluated in {@linkplain InferenceBlocks blocks}, whose
 * results are added in the order of blocks: so it does not matter who evaluates which.
 *
 * <p>The loss is the plain cross-entropy, whatever the recipe's loss: the negative log likelihood
 * of the true classes, so that runs with different recipes compare. Where images may have several
 * labels, it is the plain binary cross-entropy.
 */
public final class Evaluator implements AutoCloseable {
  /**
   * Summed results.
   *
   * @param samples how many
   * @param lossSum the sum of their losses
   * @param correct how many have their largest logit at the true class; of several labels, logits
   *     above 0 for these alone
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

  private final SampleSource source;
  private final InferenceBlocks inference;
  private final Criterion loss;
  private final int correct;
  private final Target[] targets = new Target[InferenceBlocks.SAMPLES];

  /** Over a whole set. */
  public Evaluator(
      Network network,
      ConvolutionAlgorithm convolution,
      float[] state,
      SampleLoader loader,
      Kernels kernels,
      WorkPool pool) {
    this(network, convolution, state, loader, 0, 1, kernels, pool);
  }

  /**
   * Takes the memory, and the weights of a state, which is not copied.
   *
   * @param rank of those who share out the set's blocks, from 0
   * @param ranks how many they are, at least 1
   */
  public Evaluator(
      Network network,
      ConvolutionAlgorithm convolution,
      float[] state,
      SampleLoader loader,
      int rank,
      int ranks,
      Kernels kernels,
      WorkPool pool) {
    source = loader.source();
    Loss plain = source.severalLabels() ? BinaryCrossEntropy.PLAIN : SoftmaxCrossEntropy.PLAIN;
    loss = plain.criterion(network.outputShape());
    correct = plain.figures().indexOf(Loss.CORRECT);
    inference =
        new InferenceBlocks(network, convolution, state, loader, rank, ranks, kernels, pool);
  }

  /** Evaluates all blocks that fall to it: the results by the blocks' numbers. */
  public SortedMap<Integer, Result> blocks() {
    return blocks((sample, logits, labels) -> {});
  }

  /**
   * Likewise.
   *
   * @param each told of each image, one after the other
   */
  public SortedMap<Integer, Result> blocks(Each each) {
    SortedMap<Integer, Result> results = new TreeMap<>();
    for (int i = 0; i < inference.count(); i++) {
      int[] samples = inference.run(i);
      results.put(inference.block(i), evaluate(samples));
      tell(samples, each);
    }
    return results;
  }

  /** Who wants to know what becomes of each image. */
  @FunctionalInterface
  public interface Each {
    /**
     * Told of an image.
     *
     * @param sample its number in the set, from 0
     * @param logits one a class; the receiver's own
     * @param labels that it has, in ascending order
     */
    void evaluated(int sample, float[] logits, int[] labels);
  }

  private void tell(int[] samples, Each each) {
    Tensor outputs = inference.outputs().get(0);
    for (int n = 0; n < samples.length; n++) {
      int from = outputs.at(n, 0, 0);
      float[] logits = Arrays.copyOfRange(outputs.data(), from, from + outputs.shape().channels());
      each.evaluated(samples[n], logits, source.labels(samples[n]));
    }
  }

  private Result evaluate(int[] samples) {
    for (int n = 0; n < samples.length; n++) {
      targets[n] =
          source.severalLabels()
              ? LabelMix.ofLabels(source.labels(samples[n]))
              : new ClassLabel(source.label(samples[n]));
    }
    loss.compute(inference.outputs().get(0), 0, samples.length, targets, null);
    return new Result(samples.length, loss.loss(), (long) loss.figure(correct));
  }

  /** Evaluates all of them. */
  public Result all() {
    return blocks().values().stream().reduce(Result.NONE, Result::plus);
  }

  @Override
  public void close() {
    inference.close();
  }
}
