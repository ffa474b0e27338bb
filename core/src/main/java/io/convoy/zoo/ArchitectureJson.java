package io.convoy.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/** Architectures out of JSON. */
final class ArchitectureJson {
  private ArchitectureJson() {}

  static Architecture read(JsonNode json, String place) {
    JsonNode object = json.isTextual() ? Json.object().set("type", json) : json;
    return Json.value(object, Architecture.class, place);
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
