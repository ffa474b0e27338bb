package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * When a training ends before its last epoch: once the loss on the samples held back has not fallen
 * for some validations (Goodfellow, Bengio, Courville 2016, algorithm 7.1).
 *
 * @param patience validations in a row without a gain that end the training, at least 1; 5 by
 *     default
 * @param minDelta the fall of the loss that has to be exceeded for a gain, at least 0; 0 by default
 */
public record EarlyStoppingOptions(int patience, double minDelta) {
  private static final int DEFAULT_PATIENCE = 5;

  public EarlyStoppingOptions {
    if (patience < 1) {
      throw ConvoyException.usage("earlyStopping.patience must be at least 1; got %d", patience);
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("earlyStopping.minDelta must be at least 0; got %s", minDelta);
    }
  }

  @JsonCreator
  static EarlyStoppingOptions of(
      @JsonProperty("patience") Integer patience, @JsonProperty("minDelta") double minDelta) {
    return new EarlyStoppingOptions(patience == null ? DEFAULT_PATIENCE : patience, minDelta);
  }
}
