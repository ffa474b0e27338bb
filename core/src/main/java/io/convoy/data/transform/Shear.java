package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Slants the image about its centre: first each row moves sideways, then each column up or down.
 * Both angles are drawn evenly, from [-x, x] and [-y, y].
 *
 * @param x degrees by which upright lines lean, in [0, 80]; 0 by default
 * @param y degrees by which level lines lean, in [0, 80]; 0 by default
 * @param fill the colour of what comes in from outside: one number in [0, 255] for all channels, or
 *     one a channel; black by default
 * @param probability in [0, 1]; 1 by default
 */
public record Shear(double x, double y, List<Integer> fill, double probability)
    implements Transform {
  /** Degrees; at 90 nothing would be left. */
  static final double MOST = 80;

  public Shear {
    TransformRules.within("shear", "x", x, 0, MOST);
    TransformRules.within("shear", "y", y, 0, MOST);
    fill = TransformRules.fill("shear", fill);
    TransformRules.probability("shear", probability);
  }

  @JsonCreator
  static Shear of(
      @JsonProperty("x") Double x,
      @JsonProperty("y") Double y,
      @JsonProperty("fill") List<Integer> fill,
      @JsonProperty("probability") Double probability) {
    return new Shear(
        x == null ? 0.0 : x, y == null ? 0.0 : y, fill, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (draws.happens(probability, 0)) {
      double right = slope(draws.between(-x, x, 1));
      double down = slope(draws.between(-y, y, 2));
      Warp.affine(image, 0, 1, right, down, 0, 0, fill);
    }
  }

  /** Pixels to the side for each pixel on, at so many degrees. */
  static double slope(double degrees) {
    return StrictMath.tan(Warp.radians(degrees));
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireFill(fill, shape, place);
  }
}
