package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Inverts the values from a threshold on: v becomes 255 - v.
 *
 * @param threshold in [0, 256]; 256 changes nothing
 * @param probability in [0, 1]; 0.5 by default
 */
public record Solarize(int threshold, double probability) implements Transform {
  public Solarize {
    TransformRules.within("solarize", "threshold", threshold, 0, 256);
    TransformRules.probability("solarize", probability);
  }

  @JsonCreator
  static Solarize of(
      @JsonProperty(value = "threshold", required = true) int threshold,
      @JsonProperty("probability") Double probability) {
    return new Solarize(threshold, probability == null ? 0.5 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Tones.solarize(image, threshold);
    }
  }
}
