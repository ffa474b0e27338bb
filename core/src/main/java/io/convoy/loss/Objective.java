package io.convoy.loss;

import io.convoy.targets.Target;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a training makes small: the weighted sum of losses, each of one output of the network. For
 * one thread at a time.
 *
 * <p>Losses are added in the order of the terms. The gradient of an output is its loss's, times the
 * weight; that of an output without a loss is zero.
 */
public final class Objective {
  /**
   * A loss and its share.
   *
   * @param output the place of the output in the network's order; of no two terms the same
   * @param weight above 0
   */
  public record Term(int output, Criterion criterion, float weight) {
    public Term {
      if (!(weight > 0 && Float.isFinite(weight))) {
        throw new IllegalArgumentException("a loss has a weight above 0; got " + weight);
      }
    }
  }

  private final List<Term> terms;
  private double loss;

  /** The sum of these terms. */
  public Objective(List<Term> terms) {
    this.terms = List.copyOf(terms);
    if (terms.isEmpty()
        || terms.stream().mapToInt(Term::output).distinct().count() < terms.size()) {
      throw new IllegalArgumentException(
          "an objective has at least one loss, and of an output no two; got " + terms);
    }
  }

  /**
   * Computes the loss of samples {@code from} to {@code until}, those of one shard.
   *
   * @param outputs all of the network's, in its order
   * @param targets of the samples, from sample 0 on
   * @param gradients of all outputs, which are written; null for evaluation
   */
  public void compute(
      List<Tensor> outputs, int from, int until, Target[] targets, List<Tensor> gradients) {
    loss = 0;
    if (gradients != null) {
      IntStream.range(0, outputs.size())
          .filter(k -> terms.stream().noneMatch(term -> term.output() == k))
          .forEach(k -> scale(gradients.get(k), from, until, 0));
    }
    for (Term term : terms) {
      Tensor gradient = gradients == null ? null : gradients.get(term.output());
      term.criterion().compute(outputs.get(term.output()), from, until, targets, gradient);
      if (term.weight() == 1) {
        loss += term.criterion().loss();
        continue;
      }
      loss += term.weight() * term.criterion().loss();
      if (gradient != null) {
        scale(gradient, from, until, term.weight());
      }
    }
  }

  private static void scale(Tensor gradient, int from, int until, float factor) {
    int length = gradient.shape().width() * gradient.shape().channels();
    for (int n = from; n < until; n++) {
      for (int h = 0; h < gradient.shape().height(); h++) {
        int start = gradient.at(n, h, 0);
        if (factor == 0) {
          Arrays.fill(
              gradient.data(), start, start + length, 0f); // what stands there is no number yet
          continue;
        }
        for (int i = start; i < start + length; i++) {
          gradient.data()[i] *= factor;
        }
      }
    }
  }

  /** The loss of the last call, summed over its samples. */
  public double loss() {
    return loss;
  }

  /** The summed weight of the samples of the last call, as the first term counts it. */
  public double weight() {
    return terms.get(0).criterion().weight();
  }

  /** A figure of the last call that the first term reports, by its place in its loss's. */
  public double figure(int index) {
    return terms.get(0).criterion().figure(index);
  }
}
