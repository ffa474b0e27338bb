package io.convoy.zoo;

import io.convoy.error.ConvoyException;
import io.convoy.json.Families;
import io.convoy.tensor.Shape;

/** What the options of all architectures keep to. */
final class ArchitectureRules {
  private ArchitectureRules() {}

  /**
   * @throws ConvoyException of kind USAGE when the input is no image or there is no class
   */
  static void check(Enum<?> type, Shape input, int classes) {
    check(Families.name(type), input, classes);
  }

  /** Likewise. */
  static void check(String name, Shape input, int classes) {
    if (!input.isImage()) {
      throw ConvoyException.usage(
          "%s: input must be an image [height, width, channels]; got %s", name, input);
    }
    if (classes < 1) {
      throw ConvoyException.usage("%s: classes must be at least 1; got %d", name, classes);
    }
  }

  /**
   * For a network that may have auxiliary heads.
   *
   * @param side pixels of the least height and width where it has them
   * @param weight of their losses
   * @throws ConvoyException of kind USAGE when the input is smaller, or the weight not above 0
   */
  static void checkHeads(String name, Shape input, boolean heads, int side, double weight) {
    if (!(weight > 0 && weight <= Float.MAX_VALUE)) {
      throw ConvoyException.usage(
          "%s: auxiliaryWeight must be above 0; got %s: for no auxiliary losses leave"
              + " auxiliaryHeads out",
          name, weight);
    }
    if (heads && (input.height() < side || input.width() < side)) {
      throw ConvoyException.usage(
          "%1$s: with auxiliaryHeads, input must have at least %2$dx%2$d pixels; got %3$s: use"
              + " larger images, or leave auxiliaryHeads out",
          name, side, input);
    }
  }

  /**
   * For a network whose poolings leave no pixel of a smaller image.
   *
   * @param side pixels of the least height and width
   * @throws ConvoyException of kind USAGE when the input is smaller
   */
  static void checkSide(Enum<?> type, Shape input, int side) {
    checkSide(Families.name(type), input, side);
  }

  /** Likewise. */
  static void checkSide(String name, Shape input, int side) {
    if (input.height() < side || input.width() < side) {
      throw ConvoyException.usage(
          "%1$s: input must have at least %2$dx%2$d pixels; got %3$s", name, side, input);
    }
  }
}
