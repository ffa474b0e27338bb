package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Keeps the highest bits of each value and clears the others.
 *
 * @param bits in [1, 8]; 8 changes nothing
 * @param probability in [0, 1]; 0.5 by default
 */
public record Posterize(int bits, double probability) implements Transform {
  public Posterize {
    TransformRules.within("posterize", "bits", bits, 1, 8);
    TransformRules.probability("posterize", probability);
  }

  @JsonCreator
  static Posterize of(
      @JsonProperty(value = "bits", required = true) int bits,
      @JsonProperty("probability") Double probability) {
    return new Posterize(bits, probability == null ? 0.5 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Tones.posterize(image, bits);
    }
  }
}
