package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * {@link Zoom}, {@link Shear}, {@link Rotation} and {@link Translation} in this order, each about
 * the image's centre, with pixels that are interpolated once instead of four times.
 *
 * @param degrees of the rotation, in [0, 180]; 0 by default
 * @param zoomFrom the least factor, above 0; 1 by default
 * @param zoomTo the largest factor, at least {@code zoomFrom}; 1 by default
 * @param shearX degrees by which upright lines lean, in [0, 80]; 0 by default
 * @param shearY degrees by which level lines lean, in [0, 80]; 0 by default
 * @param shiftX share of the width, in [0, 1]; 0 by default
 * @param shiftY share of the height, in [0, 1]; 0 by default
 * @param fill the colour of what comes in from outside: one number in [0, 255] for all channels, or
 *     one a channel; black by default
 * @param probability in [0, 1]; 1 by default
 */
public record Affine(
    double degrees,
    double zoomFrom,
    double zoomTo,
    double shearX,
    double shearY,
    double shiftX,
    double shiftY,
    List<Integer> fill,
    double probability)
    implements Transform {
  public Affine {
    TransformRules.within("affine", "degrees", degrees, 0, 180);
    TransformRules.range("affine", "zoomFrom", zoomFrom, "zoomTo", zoomTo);
    TransformRules.within("affine", "shearX", shearX, 0, Shear.MOST);
    TransformRules.within("affine", "shearY", shearY, 0, Shear.MOST);
    TransformRules.within("affine", "shiftX", shiftX, 0, 1);
    TransformRules.within("affine", "shiftY", shiftY, 0, 1);
    fill = TransformRules.fill("affine", fill);
    TransformRules.probability("affine", probability);
  }

  @JsonCreator
  static Affine of(
      @JsonProperty("degrees") Double degrees,
      @JsonProperty("zoomFrom") Double zoomFrom,
      @JsonProperty("zoomTo") Double zoomTo,
      @JsonProperty("shearX") Double shearX,
      @JsonProperty("shearY") Double shearY,
      @JsonProperty("shiftX") Double shiftX,
      @JsonProperty("shiftY") Double shiftY,
      @JsonProperty("fill") List<Integer> fill,
      @JsonProperty("probability") Double probability) {
    return new Affine(
        degrees == null ? 0.0 : degrees,
        zoomFrom == null ? 1.0 : zoomFrom,
        zoomTo == null ? 1.0 : zoomTo,
        shearX == null ? 0.0 : shearX,
        shearY == null ? 0.0 : shearY,
        shiftX == null ? 0.0 : shiftX,
        shiftY == null ? 0.0 : shiftY,
        fill,
        probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (!draws.happens(probability, 0)) {
      return;
    }
    Warp.affine(
        image,
        draws.between(-degrees, degrees, 1),
        draws.between(zoomFrom, zoomTo, 2),
        Shear.slope(draws.between(-shearX, shearX, 3)),
        Shear.slope(draws.between(-shearY, shearY, 4)),
        draws.between(-shiftX, shiftX, 5) * image.width(),
        draws.between(-shiftY, shiftY, 6) * image.height(),
        fill);
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireFill(fill, shape, place);
  }
}
