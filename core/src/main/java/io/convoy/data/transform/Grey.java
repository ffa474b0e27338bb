package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;

/**
 * Takes the colour away: each pixel's grey value in all three channels.
 *
 * @param probability in [0, 1]; 0.1 by default
 */
public record Grey(double probability) implements Transform {
  public Grey {
    TransformRules.probability("grey", probability);
  }

  @JsonCreator
  static Grey of(@JsonProperty("probability") Double probability) {
    return new Grey(probability == null ? 0.1 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Blending.saturation(image, 0);
    }
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireColour("grey", shape, place);
  }
}
