package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Shifts the image, by shares of its width and height that are drawn evenly from [-x, x] and [-y,
 * y]; fractions of a pixel are interpolated.
 *
 * @param x share of the width, in [0, 1]; 0 by default
 * @param y share of the height, in [0, 1]; 0 by default
 * @param fill the colour of what comes in from outside: one number in [0, 255] for all channels, or
 *     one a channel; black by default
 * @param probability in [0, 1]; 1 by default
 */
public record Translation(double x, double y, List<Integer> fill, double probability)
    implements Transform {
  public Translation {
    TransformRules.within("translation", "x", x, 0, 1);
    TransformRules.within("translation", "y", y, 0, 1);
    fill = TransformRules.fill("translation", fill);
    TransformRules.probability("translation", probability);
  }

  @JsonCreator
  static Translation of(
      @JsonProperty("x") Double x,
      @JsonProperty("y") Double y,
      @JsonProperty("fill") List<Integer> fill,
      @JsonProperty("probability") Double probability) {
    return new Translation(
        x == null ? 0.0 : x, y == null ? 0.0 : y, fill, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      double right = draws.between(-x, x, 1) * image.width();
      double down = draws.between(-y, y, 2) * image.height();
      Warp.affine(image, 0, 1, 0, 0, right, down, fill);
    }
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireFill(fill, shape, place);
  }
}
