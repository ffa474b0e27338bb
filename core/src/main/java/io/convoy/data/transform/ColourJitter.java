package io.convoy.data.transform;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.tensor.Shape;

/**
 * {@link Brightness}, {@link Contrast}, {@link Saturation} and {@link Hue}, in an order that is
 * drawn for each image, as torchvision's ColorJitter does; what has the range 0 is left out.
 *
 * @param brightness its range, at least 0; 0 by default
 * @param contrast its range, at least 0; 0 by default
 * @param saturation its range, at least 0; 0 by default
 * @param hue its range, in [0, 0.5]; 0 by default
 * @param probability in [0, 1]; 1 by default
 */
public record ColourJitter(
    double brightness, double contrast, double saturation, double hue, double probability)
    implements Transform {
  private static final Part[] PARTS = Part.values();
  private static final int ORDERS = 24;

  /** What is done in some order. */
  private enum Part {
    BRIGHTNESS,
    CONTRAST,
    SATURATION,
    HUE
  }

  public ColourJitter {
    TransformRules.notNegative("colourJitter", "brightness", brightness);
    TransformRules.notNegative("colourJitter", "contrast", contrast);
    TransformRules.notNegative("colourJitter", "saturation", saturation);
    TransformRules.within("colourJitter", "hue", hue, 0, 0.5);
    TransformRules.probability("colourJitter", probability);
  }

  @JsonCreator
  static ColourJitter of(
      @JsonProperty("brightness") double brightness,
      @JsonProperty("contrast") double contrast,
      @JsonProperty("saturation") double saturation,
      @JsonProperty("hue") double hue,
      @JsonProperty("probability") Double probability) {
    return new ColourJitter(
        brightness, contrast, saturation, hue, probability == null ? 1 : probability);
  }

  @Override
  public void apply(Canvas image, Draws draws) {
    if (!draws.happens(probability, 0)) {
      return;
    }
    int order = draws.below(ORDERS, 1);
    int open = (1 << PARTS.length) - 1; // a bit for each that is still to be done
    for (int left = PARTS.length; left > 0; left--) {
      int others = open;
      for (int skip = order % left; skip > 0; skip--) {
        others &= others - 1;
      }
      order /= left;
      int next = Integer.numberOfTrailingZeros(others);
      open &= ~(1 << next);
      change(PARTS[next], image, draws);
    }
  }

  /** Each part has a position of its own, whatever the order. */
  private void change(Part part, Canvas image, Draws draws) {
    switch (part) {
      case BRIGHTNESS -> {
        if (brightness > 0) {
          Blending.brightness(image, draws.factor(brightness, 2));
        }
      }
      case CONTRAST -> {
        if (contrast > 0) {
          Blending.contrast(image, draws.factor(contrast, 3));
        }
      }
      case SATURATION -> {
        if (saturation > 0) {
          Blending.saturation(image, draws.factor(saturation, 4));
        }
      }
      case HUE -> {
        if (hue > 0) {
          HueShift.apply(image, Hue.steps(draws.between(-hue, hue, 5)));
        }
      }
    }
  }

  @Override
  public void requireFits(Shape shape, String place) {
    if (saturation > 0 || hue > 0) {
      TransformRules.requireColour("colourJitter by saturation or hue", shape, place);
    }
  }
}
