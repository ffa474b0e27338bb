package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Turns the image about its centre, by an angle that is drawn evenly from [-degrees, degrees].
 * Pixels are interpolated as {@link Warp} says.
 *
 * @param degrees in [0, 180]
 * @param fill the colour of what comes in from outside: one number in [0, 255] for all channels, or
 *     one a channel; black by default
 * @param probability in [0, 1]; 1 by default
 */
public record Rotation(double degrees, List<Integer> fill, double probability)
    implements Transform {
  public Rotation {
    TransformRules.within("rotation", "degrees", degrees, 0, 180);
    fill = TransformRules.fill("rotation", fill);
    TransformRules.probability("rotation", probability);
  }

  @JsonCreator
  static Rotation of(
      @JsonProperty(value = "degrees", required = true) double degrees,
      @JsonProperty("fill") List<Integer> fill,
      @JsonProperty("probability") Double probability) {
    return new Rotation(degrees, fill, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      Warp.rotate(image, draws.between(-degrees, degrees, 1), fill);
    }
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireFill(fill, shape, place);
  }
}
