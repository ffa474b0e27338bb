package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Moves all values away from those of a smoothed image (sharper), or towards them (softer), by a
 * factor that is drawn evenly from [max(0, 1 - range), 1 + range]; byte for byte as Pillow's
 * ImageEnhance does.
 *
 * @param range at least 0
 * @param probability in [0, 1]; 0.5 by default
 */
public record Sharpness(double range, double probability) implements Transform {
  public Sharpness {
    TransformRules.notNegative("sharpness", "range", range);
    TransformRules.probability("sharpness", probability);
  }

  @JsonCreator
  static Sharpness of(
      @JsonProperty(value = "range", required = true) double range,
      @JsonProperty("probability") Double probability) {
    return new Sharpness(range, probability == null ? 0.5 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Blending.sharpness(image, draws.factor(range, 1));
    }
  }
}
