package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * One operation of those of {@link RandAugment}, of a strength that is drawn too (Müller, Hutter:
 * "TrivialAugment: Tuning-free Yet State-of-the-Art Data Augmentation", ICCV 2021), with the ranges
 * of its "wide" space as torchvision has them: of 31 strengths, all as likely, the strongest is a
 * shear of 0.99 pixels a pixel, a translation of 32 pixels, a rotation of 135 degrees, a factor of
 * 0.01 or 1.99; posterize keeps 2 bits, solarize inverts all.
 *
 * @param fill the colour of what comes in from outside: one number in [0, 255] for all channels, or
 *     one a channel; black by default
 */
public record TrivialAugment(List<Integer> fill) implements Transform {
  private static final Policy WIDE = new Policy(0.99, 0, 32, 135, 0.99, 6);

  public TrivialAugment {
    fill = TransformRules.fill("trivialAugment", fill);
  }

  @JsonCreator
  static TrivialAugment of(@JsonProperty("fill") List<Integer> fill) {
    return new TrivialAugment(fill);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    WIDE.apply(image, draws.below(Policy.STRENGTHS, 0), fill, draws, 1);
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireFill(fill, shape, place);
  }
}
