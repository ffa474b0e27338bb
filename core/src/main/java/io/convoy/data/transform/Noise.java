package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Adds to each value of each channel a number of its own, normally distributed around 0 (see {@link
 * NormalTable}), rounded, the sum cut to [0, 255].
 *
 * @param deviation in grey levels of 255, in [0, 255]; rounded to a multiple of 1/128
 * @param probability in [0, 1]; 1 by default
 */
public record Noise(double deviation, double probability) implements Transform {
  public Noise {
    TransformRules.within("noise", "deviation", deviation, 0, 255);
    TransformRules.probability("noise", probability);
  }

  @JsonCreator
  static Noise of(
      @JsonProperty(value = "deviation", required = true) double deviation,
      @JsonProperty("probability") Double probability) {
    return new Noise(deviation, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      NormalTable.add(image, deviation, draws.noise());
    }
  }
}
