package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;
import java.util.function.DoubleFunction;

/**
 * The distribution that a parameter starts from. In JSON the name of one that has no options,
 * {@code "heNormal"}, or an object, <code>{"type": "normal", "deviation": 0.01}</code>.
 */
public sealed interface Initializer
    permits NamedInitializer, Normal, TruncatedNormal, Uniform, Constant, Orthogonal {
  /** {@link NamedInitializer#HE_NORMAL}. */
  Initializer HE_NORMAL = NamedInitializer.HE_NORMAL;

  /** {@link NamedInitializer#HE_NORMAL_FAN_OUT}. */
  Initializer HE_NORMAL_FAN_OUT = NamedInitializer.HE_NORMAL_FAN_OUT;

  /** {@link NamedInitializer#HE_UNIFORM}. */
  Initializer HE_UNIFORM = NamedInitializer.HE_UNIFORM;

  /** {@link NamedInitializer#XAVIER_UNIFORM}. */
  Initializer XAVIER_UNIFORM = NamedInitializer.XAVIER_UNIFORM;

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
    Initializer typed =
        switch (node.path("type").asText()) {
          case Normal.TYPE -> of(node, "deviation", Normal::new);
          case TruncatedNormal.TYPE -> of(node, "deviation", TruncatedNormal::new);
          case Uniform.TYPE -> of(node, "bound", Uniform::new);
          case Constant.TYPE -> of(node, "value", Constant::new);
          case Orthogonal.TYPE ->
              node.size() == 1 ? new Orthogonal(1) : of(node, "gain", Orthogonal::new);
          default -> null;
        };
    if (typed == null) {
      throw ConvoyException.usage(
          "initializer must be %s, {type: normal, deviation: 0.01}, {type: truncatedNormal,"
              + " deviation: 0.01}, {type: uniform, bound: 0.05}, {type: constant, value: 0.1} or"
              + " {type: orthogonal, gain: 1}; got %s",
          NamedInitializer.names(), node);
    }
    return typed;
  }

  /** One that has a single option, which is a number; null where that is not what is there. */
  private static Initializer of(JsonNode node, String key, DoubleFunction<Initializer> make) {
    JsonNode option = node.path(key);
    return node.size() == 2 && option.isNumber() ? make.apply(option.doubleValue()) : null;
  }
}
