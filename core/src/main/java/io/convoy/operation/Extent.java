package io.convoy.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * A pair of whole numbers, down and across: a kernel size, stride or dilation. In JSON one number
 * stands for a square, {@code 3}, and two for a rectangle, {@code [1, 7]}.
 */
public record Extent(int height, int width) {
  public static Extent square(int size) {
    return new Extent(size, size);
  }

  @JsonCreator
  static Extent parse(JsonNode node) {
    if (node.isInt()) {
      return square(node.intValue());
    }
    if (node.isArray() && node.size() == 2 && node.get(0).isInt() && node.get(1).isInt()) {
      return new Extent(node.get(0).intValue(), node.get(1).intValue());
    }
    throw ConvoyException.usage(
        "expected a whole number or [height, width], such as 3 or [1, 7]; got %s", node);
  }

  @JsonValue
  Object toJson() {
    return height == width ? height : List.of(height, width);
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }

  /** This extent, checked to be at least 1 both ways. */
  public Extent atLeastOne(String layer, String option) {
    if (height < 1 || width < 1) {
      throw ConvoyException.usage("%s: %s must be at least 1; got %s", layer, option, this);
    }
    return this;
  }

  /** {@code option}, or a square of {@code size} where it was left out. */
  public static Extent orSquare(Extent option, int size) {
    return option == null ? square(size) : option;
  }
}
