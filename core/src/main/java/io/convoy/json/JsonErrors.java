package io.convoy.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Jackson complains of, in the words of a recipe: the key, its place, the nearest one. */
public final class JsonErrors {
  private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*?)'");
  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(int.class, long.class, Integer.class, Long.class);
  private static final int EXCERPT = 60;

  /** Characters of a message: it may quote what a file says. */
  private static final int LONGEST = 1600;

  private static final int START = 1200;
  private static final int END = 300;

  private JsonErrors() {}

  /**
   * An error for JSON that cannot be read.
   *
   * @param place where the value stands; may be empty
   * @return of kind USAGE, or of that which a value's own check had
   */
  public static ConvoyException explain(JsonProcessingException error, String place) {
    ConvoyException found = found(error, place);
    String message = found.getMessage();
    if (message.length() <= LONGEST) {
      return found;
    }
    String cut = message.substring(0, START) + " … " + message.substring(message.length() - END);
    return new ConvoyException(found.kind(), cut, error);
  }

  private static ConvoyException found(JsonProcessingException error, String place) {
    String path = path(error, place);
    Optional<ConvoyException> own = cause(error, ConvoyException.class);
    if (own.isPresent()) {
      String message = own.get().getMessage();
      return new ConvoyException(own.get().kind(), startsAt(path, message), error);
    }
    if (error instanceof UnrecognizedPropertyException unknown) {
      String owner = path.substring(0, Math.max(0, path.lastIndexOf('.')));
      return unknownKey(
          owner.isEmpty() ? place : owner,
          unknown.getPropertyName(),
          unknown.getKnownPropertyIds().stream().map(Object::toString).toList());
    }
    boolean missing =
        error instanceof InvalidNullException
            || error.getOriginalMessage().startsWith("Missing required creator property");
    if (missing) {
      return new ConvoyException(ConvoyException.Kind.USAGE, missing(path), error);
    }
    return new ConvoyException(ConvoyException.Kind.USAGE, startsAt(path, problem(error)), error);
  }

  /** The path leads to what is not there: a key, or an element of a list. */
  private static String missing(String path) {
    if (path.endsWith("]")) {
      return path + " is empty: every element of a list has a value";
    }
    int dot = path.lastIndexOf('.');
    return startsAt(path.substring(0, Math.max(0, dot)), path.substring(dot + 1) + " is missing");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable error, Class<T> type) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }

  /** The message behind its place, unless it names the place, or the last key of it, by itself. */
  private static String startsAt(String path, String message) {
    boolean named =
        path.isEmpty() || message.startsWith(path + ".") || message.startsWith(path + ":");
    if (named) {
      return message;
    }
    String key = path.substring(path.lastIndexOf('.') + 1);
    return message.startsWith(key + " ")
        ? path + message.substring(key.length())
        : path + ": " + message;
  }

  private static String problem(JsonProcessingException error) {
    Optional<InputCoercionException> outside = cause(error, InputCoercionException.class);
    if (outside.isPresent()) {
      return "expected " + range(outside.get().getTargetType()) + got(outside.get());
    }
    Optional<StreamReadException> syntax = cause(error, StreamReadException.class);
    if (syntax.isPresent()) {
      return syntax(syntax.get());
    }
    if (cause(error, StreamConstraintsException.class).isPresent()) {
      return "a name or a number is too long, or values stand too deep in each other";
    }
    if (error instanceof InvalidTypeIdException type) {
      return unknownType(type);
    }
    if (error instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return error.getOriginalMessage().startsWith("Trailing token")
          ? "something follows the value"
          : "expected " + expected(mismatch.getTargetType()) + got(mismatch);
    }
    return "the value does not fit";
  }

  private static String range(Class<?> type) {
    boolean whole = type == int.class || type == Integer.class;
    return whole
        ? "a whole number from %s to %s".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE)
        : "a whole number from %s to %s".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static String syntax(StreamReadException error) {
    JsonLocation at = error.getLocation();
    String position =
        at == null ? "" : " (line %s, column %s)".formatted(at.getLineNr(), at.getColumnNr());
    Matcher twice = TWICE.matcher(error.getOriginalMessage());
    return twice.find()
        ? "the key '%s' stands twice%s".formatted(excerpt(twice.group(1)), position)
        : "this is not JSON" + position;
  }

  private static String unknownType(InvalidTypeIdException error) {
    JavaType base = error.getBaseType();
    List<String> known = base == null ? List.of() : Families.names(base.getRawClass());
    if (error.getTypeId() == null) {
      return "type is missing; it must be one of " + String.join(", ", known);
    }
    return "unknown type '%s'%s known types: %s"
        .formatted(
            excerpt(error.getTypeId()),
            suggestion(error.getTypeId(), known),
            String.join(", ", known));
  }

  private static String expected(Class<?> target) {
    if (target.isEnum()) {
      return "one of "
          + Arrays.stream(target.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (WHOLE_NUMBERS.contains(target)) {
      return "a whole number";
    }
    if (target == boolean.class || target == Boolean.class) {
      return "true or false";
    }
    if (target.isPrimitive() || Number.class.isAssignableFrom(target)) {
      return "a number";
    }
    if (target == String.class) {
      return "text";
    }
    if (target.isArray() || Collection.class.isAssignableFrom(target)) {
      return "a list";
    }
    return "a mapping of keys";
  }

  /** The value that stands there instead, as the end of a sentence; a closed file tells none. */
  private static String got(JsonProcessingException error) {
    if (error instanceof InvalidFormatException format
        && format.getValue() instanceof String text) {
      return "; got " + excerpt("'" + text + "'");
    }
    if (!(error.getProcessor() instanceof JsonParser parser) || parser.currentToken() == null) {
      return "";
    }
    try {
      return "; got "
          + switch (parser.currentToken()) {
            case START_OBJECT, FIELD_NAME, END_OBJECT -> "a mapping of keys";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> excerpt("'" + parser.getText() + "'");
            default -> excerpt(parser.getText()) + hint(error);
          };
    } catch (IOException e) {
      return "";
    }
  }

  /** What looks like a number is one, also where text is meant. */
  private static String hint(JsonProcessingException error) {
    boolean text =
        error instanceof MismatchedInputException mismatch
            && mismatch.getTargetType() == String.class;
    return text ? ": put it in quotes" : "";
  }

  /** A value in a few words, for an error that says what was expected instead. */
  public static String describe(JsonNode value) {
    if (value.isObject()) {
      return "a mapping of keys";
    }
    return value.isArray() ? "a list" : excerpt(value.toString());
  }

  static String excerpt(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > EXCERPT ? line.substring(0, EXCERPT) + "…" : line;
  }

  /** An error for a key that nobody knows, with the nearest one that is known. */
  public static ConvoyException unknownKey(String place, String key, Collection<String> known) {
    return ConvoyException.usage(
        "%sunknown key '%s'%s known here: %s",
        place.isEmpty() ? "" : place + ": ",
        excerpt(key),
        suggestion(key, known),
        String.join(", ", new TreeSet<>(known)));
  }

  private static String suggestion(String word, Collection<String> known) {
    String question = Nearest.question(word, known);
    return question.isEmpty() ? ";" : question;
  }

  private static String path(JsonProcessingException error, String place) {
    String inner =
        error instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(
                    r ->
                        r.getFieldName() == null
                            ? "[" + r.getIndex() + "]"
                            : "." + r.getFieldName())
                .collect(Collectors.joining())
            : "";
    String path = place + inner;
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
