package io.convoy.error;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What Jackson complains of, in the words of a recipe: the key, its place, the nearest one. */
public final class JsonErrors {
  private JsonErrors() {}

  /** An error for a mapping that failed; {@code place} is where the mapped value stands. */
  public static ConvoyException explain(JsonMappingException error, String place) {
    Throwable root = error;
    while (root != null && !(root instanceof ConvoyException)) {
      root = root.getCause();
    }
    String path = path(error, place);
    if (root instanceof ConvoyException cause) {
      return new ConvoyException(cause.kind(), path + ": " + cause.getMessage(), error);
    }
    if (error instanceof UnrecognizedPropertyException unknown) {
      Collection<String> known =
          unknown.getKnownPropertyIds().stream().map(Object::toString).toList();
      String owner = path.substring(0, Math.max(0, path.lastIndexOf('.')));
      return unknownKey(owner.isEmpty() ? place : owner, unknown.getPropertyName(), known);
    }
    if (error instanceof InvalidTypeIdException type) {
      return ConvoyException.usage(
          "%s: %s",
          path,
          firstLine(type)
              .replaceAll(
                  "(?s)Could not resolve type id '([^']*)'.*known type ids = \\[([^\\]]*)\\].*",
                  "type '$1' is unknown; it must be one of $2"));
    }
    if (error instanceof MismatchedInputException) {
      return ConvoyException.usage("%s: %s", path, firstLine(error));
    }
    return ConvoyException.usage("%s: %s", path, firstLine(error));
  }

  /** An error for a key that nobody knows, with the nearest one that is known. */
  public static ConvoyException unknownKey(String place, String key, Collection<String> known) {
    String nearest = known.stream().min(Comparator.comparingInt(k -> distance(key, k))).orElse("");
    String where = place.isEmpty() ? key : place + "." + key;
    boolean close = distance(key, nearest) <= Math.max(2, key.length() / 2);
    return ConvoyException.usage(
        "%s: unknown key '%s'%s; known here: %s",
        where,
        key,
        close ? ", did you mean '" + nearest + "'?" : "",
        String.join(", ", new TreeSet<>(known)));
  }

  private static String path(JsonMappingException error, String place) {
    String inner =
        error.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
            .collect(Collectors.joining());
    String path = place + inner;
    return path.startsWith(".") ? path.substring(1) : path;
  }

  private static String firstLine(JsonMappingException error) {
    return error.getOriginalMessage().lines().findFirst().orElse("cannot be read");
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
