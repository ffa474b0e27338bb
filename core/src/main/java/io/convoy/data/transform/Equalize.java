package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Spreads the values of each channel such that all are about as frequent, as Pillow's
 * ImageOps.equalize does.
 *
 * @param probability in [0, 1]; 0.5 by default
 */
public record Equalize(double probability) implements Transform {
  public Equalize {
    TransformRules.probability("equalize", probability);
  }

  @JsonCreator
  static Equalize of(@JsonProperty("probability") Double probability) {
    return new Equalize(probability == null ? 0.5 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Tones.equalize(image);
    }
  }
}
