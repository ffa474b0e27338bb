package io.convoy.optimizer;

import io.convoy.json.JsonFamily;
import java.util.List;

/**
 * An update rule: element-wise, so that any slice of the parameters can be updated wherever it is
 * owned; what it knows of a parameter as a whole is its norms ({@link LayerwiseOptimizer}). Its
 * state is {@link #slots()} arrays as long as the parameters.
 */
@JsonFamily
public sealed interface Optimizer
    permits Sgd, Adam, AdamW, AdaGrad, RmsProp, Lion, LayerwiseOptimizer {
  /** The names of the state arrays, such as {@code momentum}. */
  List<String> slots();

  /** What a state array holds for each parameter before the first update; 0 for most. */
  default float initialValue(String slot) {
    return 0;
  }

  /** The weight decay, at least 0. */
  float weightDecay();

  /** Whether weight decay also applies to biases and to scale and shift of normalisations. */
  boolean decayNormAndBias();

  /**
   * Updates {@code weights[0, length)} in place. All arrays are indexed alike, from 0, and are
   * copies of a slice of the state: the compiler vectorises a loop over arrays at one offset only.
   *
   * @param step the number of this update, from 1
   * @param rate the learning rate of this update
   * @param decay the weight decay of this slice: {@link #weightDecay()} or 0
   * @param gradient the mean gradient; may be overwritten
   * @param slots one array for each of {@link #slots()}
   */
  void update(
      long step,
      float rate,
      float decay,
      float[] weights,
      float[] gradient,
      float[][] slots,
      int length);
}
