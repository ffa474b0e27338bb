package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.convoy.error.ConvoyException;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.ClassWeights;
import io.convoy.loss.Huber;
import io.convoy.loss.Loss;
import io.convoy.loss.MeanSquaredError;
import io.convoy.loss.MultiClassHinge;
import io.convoy.loss.SoftmaxCrossEntropy;

/**
 * Losses in PyTorch, put together of its operators as its own functions are ({@code cross_entropy},
 * {@code multi_margin_loss}, {@code binary_cross_entropy_with_logits}, {@code huber_loss}, which
 * DJL does not hand on): sums over samples, in the precision of the outputs.
 */
final class TorchLosses {
  private TorchLosses() {}

  /**
   * The loss of a batch.
   *
   * @param outputs [n, k]
   * @param target [n, k], a number for each output
   */
  static NDArray sum(Loss loss, NDArray outputs, NDArray target) {
    if (loss instanceof SoftmaxCrossEntropy entropy) {
      return crossEntropy(entropy, outputs, target);
    }
    if (loss instanceof MultiClassHinge hinge) {
      return hinge(hinge, outputs, target);
    }
    if (loss instanceof BinaryCrossEntropy binary) {
      return binary(binary, outputs, target);
    }
    NDArray difference = outputs.sub(target);
    long classes = outputs.getShape().get(1);
    if (loss instanceof MeanSquaredError) {
      return difference.mul(difference).sum().div(classes);
    }
    if (loss instanceof Huber huber) {
      NDArray size = difference.abs();
      NDArray near = size.minimum(huber.delta());
      return size.sub(near.div(2)).mul(near).sum().div(classes);
    }
    throw ConvoyException.usage("PyTorch is not told of %s", loss);
  }

  private static NDArray crossEntropy(SoftmaxCrossEntropy loss, NDArray outputs, NDArray target) {
    NDArray logP = outputs.logSoftmax(1);
    NDArray terms = logP.mul(smoothed(target, loss.labelSmoothing()));
    if (loss.focalGamma() > 0) {
      NDArray others = logP.exp().neg().add(1);
      terms = terms.mul(others.pow(loss.focalGamma()));
    }
    return terms.mul(weights(loss.classWeights(), target)).sum().neg();
  }

  private static NDArray hinge(MultiClassHinge loss, NDArray outputs, NDArray oneHot) {
    NDArray right = outputs.mul(oneHot).sum(new int[] {1}, true);
    NDArray over = outputs.sub(right).add(loss.margin()).maximum(0).mul(oneHot.neg().add(1));
    NDArray terms = loss.squared() ? over.mul(over) : over;
    NDArray weights = weights(loss.classWeights(), oneHot).mul(oneHot).sum(new int[] {1}, true);
    return terms.mul(weights).sum();
  }

  private static NDArray binary(BinaryCrossEntropy loss, NDArray outputs, NDArray target) {
    NDArray y = smoothed(target, loss.labelSmoothing());
    NDArray away = outputs.abs().neg().exp().add(1).log(); // log(1 + exp(-|z|))
    NDArray positive = away.add(outputs.neg().maximum(0)).mul(y);
    NDArray negative = away.add(outputs.maximum(0)).mul(y.neg().add(1));
    NDArray weighted = positive.mul(weights(loss.positiveWeights(), target));
    return weighted.add(negative).sum().div(outputs.getShape().get(1));
  }

  private static NDArray smoothed(NDArray target, float smoothing) {
    return target.mul(1 - (double) smoothing).add((double) smoothing / target.getShape().get(1));
  }

  /** [1, k], of the target's precision. */
  private static NDArray weights(ClassWeights weights, NDArray target) {
    NDManager manager = target.getManager();
    int classes = (int) target.getShape().get(1);
    float[] values = new float[classes];
    for (int c = 0; c < classes; c++) {
      values[c] = weights == null ? 1 : weights.values().get(c);
    }
    DataType precision = target.getDataType();
    return manager.create(values, new Shape(1, classes)).toType(precision, false);
  }
}
