package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * Arrays with a learning rate of their own: that of the schedule times a factor, at each step.
 *
 * @param names a pattern of their names, as {@link NamePattern} reads it
 * @param factor above 0
 */
public record RateFactor(String names, float factor) {
  public RateFactor {
    NamePattern.require("fineTuning.rates", names);
    if (!(factor > 0 && factor < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage(
          "fineTuning.rates: the factor of '%s' must be above 0; got %s; to leave arrays as they"
              + " are, name them in fineTuning.freeze",
          names, factor);
    }
  }

  @JsonCreator
  static RateFactor of(
      @JsonProperty("names") String names,
      @JsonProperty(value = "factor", required = true) float factor) {
    return new RateFactor(names, factor);
  }
}
