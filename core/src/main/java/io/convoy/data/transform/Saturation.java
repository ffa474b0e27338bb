package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;

/**
 * Moves colours away from their grey value, or towards it, by a factor that is drawn evenly from
 * [max(0, 1 - range), 1 + range]; byte for byte as Pillow's ImageEnhance does.
 *
 * @param range at least 0
 * @param probability in [0, 1]; 1 by default
 */
public record Saturation(double range, double probability) implements Transform {
  public Saturation {
    TransformRules.notNegative("saturation", "range", range);
    TransformRules.probability("saturation", probability);
  }

  @JsonCreator
  static Saturation of(
      @JsonProperty(value = "range", required = true) double range,
      @JsonProperty("probability") Double probability) {
    return new Saturation(range, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Blending.saturation(image, draws.factor(range, 1));
    }
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireColour("saturation", shape, place);
  }
}
