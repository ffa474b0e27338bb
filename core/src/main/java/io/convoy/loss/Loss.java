package io.convoy.loss;

import io.convoy.json.JsonFamily;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.function.Supplier;

/** What training makes small: an immutable value that holds the options of a loss. */
@JsonFamily
public sealed interface Loss
    permits SoftmaxCrossEntropy, MultiClassHinge, BinaryCrossEntropy, MeanSquaredError, Huber {
  /** The figure of how many samples have their largest logit at the class they are of. */
  String CORRECT = "correct";

  /** The names of what it reports beside its value: sums over the samples of a shard. */
  default List<String> figures() {
    return List.of(CORRECT);
  }

  /**
   * Checks that it can be the loss of an output.
   *
   * @param output the shape of one sample
   * @throws io.convoy.error.ConvoyException of kind USAGE when the loss takes no such output
   */
  void requireFits(Shape output);

  /**
   * The loss as it trains on a set: what goes by the counts of the set's classes is then known.
   *
   * @param counts of the samples that are trained on, by class; asked for only where needed
   */
  default Loss trainedOn(Supplier<long[]> counts) {
    return this;
  }

  /**
   * What computes it; for one thread at a time.
   *
   * @param output the shape of one sample of the output that it is for
   * @throws io.convoy.error.ConvoyException of kind USAGE when the loss takes no such output
   */
  Criterion criterion(Shape output);
}
