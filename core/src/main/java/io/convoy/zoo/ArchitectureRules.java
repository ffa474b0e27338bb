package io.convoy.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/** What the options of all architectures keep to. */
final class ArchitectureRules {
  private ArchitectureRules() {}

  /**
   * @throws ConvoyException of kind USAGE when the input is no image or there is no class
   */
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
   * The shape of these extents, or the standard one where they are left out.
   *
   * @throws ConvoyException of kind USAGE when they are no whole numbers
   */
  static Shape inputOr(Shape standard, JsonNode extents) {
    if (extents == null) {
      return standard;
    }
    int[] values = new int[extents.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = extents.path(i).isInt() ? extents.get(i).intValue() : 0;
    }
    if (values.length == 0 || Arrays.stream(values).anyMatch(value -> value < 1)) {
      throw ConvoyException.usage(
          "input must be whole numbers [height, width, channels], each at least 1; got %s",
          extents);
    }
    return Shape.of(values);
  }
}
