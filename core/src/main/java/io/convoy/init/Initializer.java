package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;

/**
 * The distribution that a parameter starts from. In JSON the name of one that has no options,
 * {@code "heNormal"}, or an object, <code>{"type": "normal", "deviation": 0.01}</code>.
 */
public sealed interface Initializer permits NamedInitializer, Normal {
  /** {@link NamedInitializer#HE_NORMAL}. */
  Initializer HE_NORMAL = NamedInitializer.HE_NORMAL;

  /** {@link NamedInitializer#HE_NORMAL_FAN_OUT}. */
  Initializer HE_NORMAL_FAN_OUT = NamedInitializer.HE_NORMAL_FAN_OUT;

  /** {@link NamedInitializer#ZEROS}. */
  Initializer ZEROS = NamedInitializer.ZEROS;

  /** {@link NamedInitializer#ONES}. */
  Initializer ONES = NamedInitializer.ONES;

  /**
   * Fills {@code values[offset, offset + length)}; element i takes draw i of the stream, in the
   * parameter's canonical order.
   *
   * @param fanIn inputs that one output sums over
   * @param fanOut outputs that one input goes to
   */
  void fill(float[] values, int offset, int length, long fanIn, long fanOut, RandomStream random);

  /**
   * Reads an initializer.
   *
   * @throws ConvoyException of kind USAGE when there is none such; the message lists those there
   *     are
   */
  @JsonCreator
  static Initializer parse(JsonNode node) {
    if (node.isTextual()) {
      for (NamedInitializer named : NamedInitializer.values()) {
        if (named.toJson().equals(node.textValue())) {
          return named;
        }
      }
    }
    JsonNode deviation = node.path("deviation");
    if (node.size() == 2
        && node.path("type").asText().equals(Normal.TYPE)
        && deviation.isNumber()) {
      return new Normal(deviation.doubleValue());
    }
    throw ConvoyException.usage(
        "initializer must be %s or {type: normal, deviation: 0.01}; got %s",
        NamedInitializer.names(), node);
  }
}
