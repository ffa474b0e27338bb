package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Multiplies all values by a factor that is drawn evenly from [max(0, 1 - range), 1 + range]; byte
 * for byte as Pillow's ImageEnhance does.
 *
 * @param range at least 0
 * @param probability in [0, 1]; 1 by default
 */
public record Brightness(double range, double probability) implements Transform {
  public Brightness {
    TransformRules.notNegative("brightness", "range", range);
    TransformRules.probability("brightness", probability);
  }

  @JsonCreator
  static Brightness of(
      @JsonProperty(value = "range", required = true) double range,
      @JsonProperty("probability") Double probability) {
    return new Brightness(range, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Blending.brightness(image, draws.factor(range, 1));
    }
  }
}
