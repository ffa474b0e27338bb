package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;

/**
 * Turns all colours around the circle of hues, by a part of it that is drawn evenly from [-range,
 * range]; byte for byte as torchvision's adjust_hue does on images of Pillow.
 *
 * @param range in [0, 0.5]; half the circle turns colours into their opposites
 * @param probability in [0, 1]; 1 by default
 */
public record Hue(double range, double probability) implements Transform {
  public Hue {
    TransformRules.within("hue", "range", range, 0, 0.5);
    TransformRules.probability("hue", probability);
  }

  @JsonCreator
  static Hue of(
      @JsonProperty(value = "range", required = true) double range,
      @JsonProperty("probability") Double probability) {
    return new Hue(range, probability == null ? 1.0 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (range > 0 && draws.happens(probability, 0)) {
      HueShift.apply(image, steps(draws.between(-range, range, 1)));
    }
  }

  /** A part of the circle in 255ths, cut to a whole number, of which 256 are none. */
  static int steps(double part) {
    return (int) (part * 255) & 0xFF;
  }

  @Override
  public void requireFits(Shape shape, String place) {
    TransformRules.requireColour("hue", shape, place);
  }
}
