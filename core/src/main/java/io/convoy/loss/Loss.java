package io.convoy.loss;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.convoy.tensor.Shape;

/** What training makes small: an immutable value that holds the options of a loss. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SoftmaxCrossEntropy.class, name = "softmaxCrossEntropy"),
})
public sealed interface Loss permits SoftmaxCrossEntropy {
  /**
   * What computes it; for one thread at a time.
   *
   * @param output the shape of one sample of the output that it is for
   * @throws io.convoy.error.ConvoyException of kind USAGE when the loss takes no such output
   */
  Criterion criterion(Shape output);
}
