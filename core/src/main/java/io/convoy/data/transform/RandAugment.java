package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Some operations one after the other, each drawn anew from fourteen, all of one strength (Cubuk et
 * al., "RandAugment: Practical Automated Data Augmentation with a Reduced Search Space", 2019),
 * with the operations and ranges of torchvision: nothing, shear and translation along x and y,
 * rotation, brightness, saturation, contrast, sharpness, posterize, solarize, auto-contrast,
 * equalize. At magnitude 30 a shear is 0.3 pixels a pixel, a translation 150/331 of the side, a
 * rotation 30 degrees, a factor 0.1 or 1.9, posterize keeps 4 bits, solarize inverts all. Either
 * direction is as likely. Unlike torchvision, all that moves pixels goes about the centre,
 * interpolated bilinearly. Saturation leaves grey images as they are.
 *
 * @param operations how many, in [0, 16]; 2 by default
 * @param magnitude in [0, 30]; 9 by default
 * @param fill the colour of what comes in from outside: one number in [0, 255] for all channels, or
 *     one a channel; black by default
 */
public record RandAugment(int operations, int magnitude, List<Integer> fill) implements Transform {
  private static final Policy POLICY = new Policy(0.3, 150.0 / 331, 0, 30, 0.9, 4);

  public RandAugment {
    TransformRules.within("randAugment", "operations", operations, 0, 16);
    TransformRules.within("randAugment", "magnitude", magnitude, 0, Policy.STRENGTHS - 1);
    fill = TransformRules.fill("randAugment", fill);
  }

  @JsonCreator
  static RandAugment of(
      @JsonProperty("operations") Integer operations,
      @JsonProperty("magnitude") Integer magnitude,
      @JsonProperty("fill") List<Integer> fill) {
    return new RandAugment(
        operations == null ? 2 : operations, magnitude == null ? 9 : magnitude, fill);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    for (int i = 0; i < operations; i++) {
      POLICY.apply(image, magnitude, fill, draws, 2 * i);
    }
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireFill(fill, shape, place);
  }
}
