package io.convoy.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.error.ConvoyException;
import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What a scalar means by YAML 1.2's core schema (section 10.3.2): {@code 1e5} is a number, {@code
 * true} a truth, an empty one nothing, {@code no} text; and whatever stands in quotes is text.
 */
final class YamlScalars {
  static final String LIST = Tag.SEQ.getValue();
  static final String MAPPING = Tag.MAP.getValue();

  /** The tag that takes the meaning from a scalar: it is text. */
  static final String NO_TAG = "!";

  private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

  /** Digits of a whole number at the most: far beyond any key's range, far below any cost. */
  private static final int MAX_DIGITS = 100;

  private YamlScalars() {}

  /** Whether this is {@code <<}, not in quotes. */
  static boolean isMerge(ScalarEvent scalar) {
    return scalar.isPlain() && scalar.getTag().isEmpty() && scalar.getValue().equals("<<");
  }

  /**
   * The value of a scalar.
   *
   * @throws ConvoyException of kind USAGE when its tag is not read, or its number is none that can
   *     be held; the message does not say where it stands
   */
  static JsonNode value(ScalarEvent scalar) {
    String text = scalar.getValue();
    Tag plain = RESOLVER.resolve(text, true);
    Tag tag = scalar.isPlain() ? plain : Tag.STR;
    if (scalar.getTag().isPresent()) {
      tag = new Tag(scalar.getTag().get());
      if (tag.getValue().equals(NO_TAG)) {
        tag = Tag.STR;
      }
      if (!tag.equals(plain) && !tag.equals(Tag.STR)) {
        throw ConvoyException.usage(
            "'%s' is no %s: leave the tag out", text, shorthand(tag.getValue()));
      }
    }
    if (tag.equals(Tag.NULL)) {
      return NullNode.getInstance();
    }
    if (tag.equals(Tag.BOOL)) {
      return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
    }
    if (tag.equals(Tag.INT)) {
      return whole(text);
    }
    return tag.equals(Tag.FLOAT) ? number(text) : TextNode.valueOf(text);
  }

  private static JsonNode whole(String text) {
    if (text.length() > MAX_DIGITS) {
      throw ConvoyException.usage(
          "a number of %d digits is more than can be held; in quotes it is text", text.length());
    }
    BigInteger value =
        switch (text.length() > 2 ? text.charAt(1) : '0') {
          case 'x' -> new BigInteger(text.substring(2), 16);
          case 'o' -> new BigInteger(text.substring(2), 8);
          default -> new BigInteger(text);
        };
    if (value.bitLength() < Integer.SIZE) {
      return IntNode.valueOf(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }

  private static JsonNode number(String text) {
    if (text.toLowerCase(Locale.ROOT).endsWith(".nan")) {
      throw ConvoyException.usage("%s is no number: no key takes it; in quotes it is text", text);
    }
    if (text.toLowerCase(Locale.ROOT).endsWith(".inf")) {
      throw ConvoyException.usage("%s is infinite: no key takes it; in quotes it is text", text);
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw ConvoyException.usage(
          "%s is more than can be held; in quotes it is text",
          text.length() > MAX_DIGITS ? text.substring(0, MAX_DIGITS) + "…" : text);
    }
    return DoubleNode.valueOf(value);
  }

  /** A tag as it is written: {@code !!binary}. */
  static String shorthand(String tag) {
    return tag.startsWith(Tag.PREFIX) ? "!!" + tag.substring(Tag.PREFIX.length()) : tag;
  }
}
