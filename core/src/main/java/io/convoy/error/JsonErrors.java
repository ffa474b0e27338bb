package io.convoy.error;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
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
  private static final Pattern MISSING =
      Pattern.compile("Missing required creator property '(.*?)'");
  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(int.class, long.class, Integer.class, Long.class);
  private static final int EXCERPT = 60;

  private JsonErrors() {}

  /** An error for a mapping that failed; {@code place} is where the mapped value stands. */
  public static ConvoyException explain(JsonMappingException error, String place) {
    Optional<ConvoyException> cause = ownCause(error);
    String path = path(error, place);
    if (cause.isPresent()) {
      String message = cause.get().getMessage();
      return new ConvoyException(cause.get().kind(), startsAt(path, message), error);
    }
    if (error instanceof UnrecognizedPropertyException unknown) {
      String owner = path.substring(0, Math.max(0, path.lastIndexOf('.')));
      return unknownKey(
          owner.isEmpty() ? place : owner,
          unknown.getPropertyName(),
          unknown.getKnownPropertyIds().stream().map(Object::toString).toList());
    }
    Matcher missing = MISSING.matcher(error.getOriginalMessage());
    if (missing.find()) {
      // the path leads to the key that is not there
      String owner = path.substring(0, Math.max(0, path.length() - missing.group(1).length() - 1));
      return new ConvoyException(
          ConvoyException.Kind.USAGE, startsAt(owner, missing.group(1) + " is missing"), error);
    }
    return new ConvoyException(ConvoyException.Kind.USAGE, startsAt(path, problem(error)), error);
  }

  private static Optional<ConvoyException> ownCause(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConvoyException own) {
        return Optional.of(own);
      }
    }
    return Optional.empty();
  }

  /** The message behind its place, unless it names the place by itself. */
  private static String startsAt(String path, String message) {
    boolean named =
        path.isEmpty() || message.startsWith(path + ".") || message.startsWith(path + ":");
    return named ? message : path + ": " + message;
  }

  private static String problem(JsonMappingException error) {
    String message = error.getOriginalMessage();
    if (error instanceof InvalidTypeIdException type) {
      return unknownType(type);
    }
    if (error instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return "expected %s; got %s".formatted(expected(mismatch.getTargetType()), value(mismatch));
    }
    return message.lines().findFirst().orElse("cannot be read");
  }

  private static String unknownType(InvalidTypeIdException error) {
    JavaType base = error.getBaseType();
    JsonSubTypes types = base == null ? null : base.getRawClass().getAnnotation(JsonSubTypes.class);
    List<String> known =
        types == null
            ? List.of()
            : Arrays.stream(types.value()).map(JsonSubTypes.Type::name).sorted().toList();
    if (error.getTypeId() == null) {
      return "type is missing; it must be one of " + String.join(", ", known);
    }
    return "unknown type '%s'%s known types: %s"
        .formatted(
            error.getTypeId(), suggestion(error.getTypeId(), known), String.join(", ", known));
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

  private static String value(MismatchedInputException error) {
    if (error instanceof InvalidFormatException format
        && format.getValue() instanceof String text) {
      return excerpt("'" + text + "'");
    }
    if (!(error.getProcessor() instanceof JsonParser parser)) {
      return "something else";
    }
    try {
      if (parser instanceof TreeTraversingParser && parser.currentToken() != null) {
        return switch (parser.currentToken()) {
          case START_OBJECT, FIELD_NAME, END_OBJECT -> "a mapping of keys";
          case START_ARRAY, END_ARRAY -> "a list";
          case VALUE_STRING -> excerpt("'" + parser.getText() + "'");
          default -> excerpt(parser.getText());
        };
      }
      return "something else";
    } catch (IOException e) {
      return "something unreadable";
    }
  }

  /** A value in a few words, for an error that says what was expected instead. */
  public static String describe(JsonNode value) {
    if (value.isObject()) {
      return "a mapping of keys";
    }
    return value.isArray() ? "a list" : excerpt(value.toString());
  }

  private static String excerpt(String text) {
    return text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
  }

  /** An error for a key that nobody knows, with the nearest one that is known. */
  public static ConvoyException unknownKey(String place, String key, Collection<String> known) {
    return ConvoyException.usage(
        "%sunknown key '%s'%s known here: %s",
        place.isEmpty() ? "" : place + ": ",
        key,
        suggestion(key, known),
        String.join(", ", new TreeSet<>(known)));
  }

  private static String suggestion(String word, Collection<String> known) {
    return nearest(word, known).map(near -> ", did you mean '" + near + "'?").orElse(";");
  }

  /** The word of {@code known} that a mistyped word most likely stands for, if any is near. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return new TreeSet<>(known)
        .stream()
            .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
            .filter(near -> distance(word, near) <= Math.max(2, word.length() / 2));
  }

  private static String path(JsonMappingException error, String place) {
    String inner =
        error.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
            .collect(Collectors.joining());
    String path = place + inner;
    return path.startsWith(".") ? path.substring(1) : path;
  }

  /** Levenshtein's distance, without regard to case. */
  static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
