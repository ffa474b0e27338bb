package io.convoy.optimizer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * An update rule: element-wise, so that any slice of the parameters can be updated wherever it is
 * owned. Its state is {@link #slots()} arrays as long as the parameters, zero at first.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Sgd.class, name = "sgd"),
  @JsonSubTypes.Type(value = Adam.class, name = "adam"),
})
public sealed interface Optimizer permits Sgd, Adam {
  /** The names of the state arrays, such as {@code momentum}. */
  java.util.List<String> slots();

  /** The weight decay, at least 0. */
  float weightDecay();

  /** Whether weight decay also applies to biases and to scale and shift of normalisations. */
  boolean decayNormAndBias();

  /**
   * Updates {@code weights[from, to)} in place.
   *
   * @param step the number of this update, from 1
   * @param rate the learning rate of this update
   * @param decay the weight decay of this slice: {@link #weightDecay()} or 0
   * @param gradient the mean gradient, at {@code gradient[from - shift]}
   * @param slots one array for each of {@link #slots()}, indexed as the weights are
   */
  void update(
      long step,
      float rate,
      float decay,
      float[] weights,
      float[] gradient,
      int shift,
      float[][] slots,
      int from,
      int to);
}
