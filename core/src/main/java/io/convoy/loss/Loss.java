package io.convoy.loss;

import io.convoy.json.JsonFamily;
import io.convoy.tensor.Shape;
import java.util.List;

/** What training makes small: an immutable value that holds the options of a loss. */
@JsonFamily
public sealed interface Loss permits SoftmaxCrossEntropy {
  /** The figure of how many samples have their largest logit at the class they are of. */
  String CORRECT = "correct";

  /** The names of what it reports beside its value: sums over the samples of a shard. */
  List<String> figures();

  /**
   * What computes it; for one thread at a time.
   *
   * @param output the shape of one sample of the output that it is for
   * @throws io.convoy.error.ConvoyException of kind USAGE when the loss takes no such output
   */
  Criterion criterion(Shape output);
}
