package io.convoy.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.convoy.error.ConvoyException;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes JSON by one strict mapper. A value has the type that it is read as: text is no
 * number, a number no text, 2.5 no whole number. A key stands once, is known, and nothing follows
 * the value. A key without a value counts as left out; an element of a list has one.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new RequiredValues())
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  /** A key that must be there must have a value, too: else a number without one would be 0. */
  private static final class RequiredValues extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
      JsonSetter.Value given = super.findSetterInfo(annotated);
      boolean required =
          annotated instanceof AnnotatedMember member
              && Boolean.TRUE.equals(hasRequiredMarker(member));
      return required ? given.withValueNulls(Nulls.FAIL) : given;
    }
  }

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A value as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Reads what another part of Convoy has just written.
   *
   * @param place what errors name
   * @return null where the JSON is {@code null}
   * @throws ConvoyException of kind INTERNAL when it is no JSON, or describes no such value
   */
  public static <T> T read(byte[] json, Class<T> type, String place) {
    return read(MAPPER.readerFor(type), json, place, ConvoyException.Kind.INTERNAL);
  }

  /**
   * Reads a file's JSON. Keys that nobody knows are passed over: a later Convoy may have written
   * them.
   *
   * @param place what errors name
   * @return null where the JSON is {@code null}
   * @throws ConvoyException of kind DATA when it is no JSON, or describes no such value
   */
  public static <T> T readFile(byte[] json, Class<T> type, String place) {
    ObjectReader reader =
        MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return read(reader, json, place, ConvoyException.Kind.DATA);
  }

  private static <T> T read(
      ObjectReader reader, byte[] json, String place, ConvoyException.Kind kind) {
    try {
      return reader.readValue(json);
    } catch (JsonProcessingException e) {
      throw new ConvoyException(kind, JsonErrors.explain(e, place).getMessage(), e);
    } catch (CharConversionException e) { // its first bytes look like UTF-32
      String start = place.isEmpty() ? "" : place + ": ";
      throw new ConvoyException(kind, start + "this is not JSON: its text is not in UTF-8", e);
    } catch (IOException e) {
      throw new IllegalStateException("cannot happen: the JSON is read from memory", e);
    }
  }

  /**
   * What a tree describes.
   *
   * @param place what errors name: where the tree stands; may be empty
   * @throws ConvoyException of kind USAGE when the tree does not describe such a value; the message
   *     names the key, the rule and the value
   */
  public static <T> T value(JsonNode tree, Class<T> type, String place) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw JsonErrors.explain(e, place);
    }
  }

  /** A value as UTF-8 in one line. */
  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw unwritable(value, e);
    }
  }

  /** A value as text in one line. */
  public static String text(Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  /** A value as UTF-8 for readers: indented, with a line's end behind it. */
  public static byte[] lines(Object value) {
    try {
      String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw unwritable(value, e);
    }
  }

  private static IllegalArgumentException unwritable(Object value, JsonProcessingException error) {
    return new IllegalArgumentException("not a value that JSON can hold: " + value, error);
  }

  /** For JSON that is too large for a tree: it is read and written token by token. */
  public static JsonFactory tokens() {
    return MAPPER.getFactory();
  }
}
