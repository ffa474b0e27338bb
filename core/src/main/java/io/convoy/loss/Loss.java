package io.convoy.loss;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What training makes small: an immutable value that holds the options of a loss. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SoftmaxCrossEntropy.class, name = "softmaxCrossEntropy"),
})
public sealed interface Loss permits SoftmaxCrossEntropy {
  /**
   * What computes it; for one thread at a time.
   *
   * @param classes the number of logits, at least 1
   */
  Criterion criterion(int classes);
}
