package io.convoy.zoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.convoy.error.ConvoyException;
import io.convoy.error.JsonErrors;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/** Architectures out of JSON. */
final class ArchitectureJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private ArchitectureJson() {}

  static Architecture read(JsonNode json, String place) {
    JsonNode object =
        json.isTextual() ? JsonNodeFactory.instance.objectNode().set("type", json) : json;
    try {
      return MAPPER.treeToValue(object, Architecture.class);
    } catch (JsonMappingException e) {
      throw JsonErrors.explain(e, place);
    } catch (JsonProcessingException e) {
      throw ConvoyException.usage("%s: %s", place, e.getOriginalMessage());
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
