package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Stretches the values of each channel such that the least becomes 0 and the largest 255, as
 * Pillow's ImageOps.autocontrast does.
 *
 * @param probability in [0, 1]; 0.5 by default
 */
public record AutoContrast(double probability) implements Transform {
  public AutoContrast {
    TransformRules.probability("autoContrast", probability);
  }

  @JsonCreator
  static AutoContrast of(@JsonProperty("probability") Double probability) {
    return new AutoContrast(probability == null ? 0.5 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Tones.autoContrast(image);
    }
  }
}
