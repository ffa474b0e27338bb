package io.convoy.loss;

import io.convoy.error.ConvoyException;
import io.convoy.json.Families;
import io.convoy.json.JsonFamily;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.function.Supplier;

/** What training makes small: an immutable value that holds the options of a loss. */
@JsonFamily
public sealed interface Loss
    permits SoftmaxCrossEntropy, MultiClassHinge, BinaryCrossEntropy, MeanSquaredError, Huber {
  /**
   * The figure of how many samples have their largest logit at the class they are of; with several
   * labels an image, of how many have logits above 0 for their labels alone.
   */
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

  /** Whether it takes samples that have several labels at once, or none. */
  default boolean takesSeveralLabels() {
    return false;
  }

  /**
   * Checks that it takes samples that have several labels at once.
   *
   * @param where they are said to have, for the message
   * @throws ConvoyException of kind USAGE when it does not
   */
  default void requireSeveralLabels(String where) {
    if (!takesSeveralLabels()) {
      throw ConvoyException.usage(
          "%s takes one label an image; %s, images may have several: set loss: {type:"
              + " binaryCrossEntropy}, or give each image one",
          Families.name(getClass()), where);
    }
  }

  /**
   * The loss as it trains on a set: what goes by the counts of the set's classes is then known.
   *
   * @param counts of the samples that are trained on; asked for only where needed
   */
  default Loss trainedOn(Supplier<ClassCounts> counts) {
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
