package io.convoy.data.reader;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the cells of a table say the labels of images: one a cell, several with something between
 * them, or lists. Blanks around labels are passed over.
 *
 * @param delimiter what stands between labels; blank for any blanks; null where a cell has no such
 * @param lists whether cells are lists, as JSON; there is no delimiter then
 */
public record LabelCells(String delimiter, boolean lists) {
  /** What is in a cell of single labels. */
  static final LabelCells SINGLE = new LabelCells(null, false);

  private static final int LONGEST = 8;
  private static final Pattern DELIMITER =
      Pattern.compile("[^\\p{L}\\p{N}\"'\\r\\n]{1," + LONGEST + "}");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /**
   * A cell.
   *
   * @param labels that it has
   * @param problem why it is of no use; null where it is
   */
  public record Cell(List<String> labels, String problem) {
    private static Cell unusable(String problem) {
      return new Cell(List.of(), problem);
    }
  }

  /**
   * Checks what is to stand between labels.
   *
   * @param delimiter null for none
   * @param key what errors name
   * @throws ConvoyException of kind USAGE when it can be none
   */
  public static void requireDelimiter(String delimiter, String key) {
    if (delimiter != null && !DELIMITER.matcher(delimiter).matches()) {
      throw ConvoyException.usage(
          "%s must be what stands between the labels of an image, such as \";\": 1 to %s characters"
              + " without letters, digits, quotes or line ends; got \"%s\"",
          key, LONGEST, delimiter);
    }
  }

  /** Whether an image may have several labels, or none. */
  public boolean areSeveral() {
    return delimiter != null || lists;
  }

  /**
   * Reads a cell.
   *
   * @param text as the table has it; empty where it has none
   */
  public Cell read(String text) {
    String stripped = text.strip();
    if (lists) {
      return list(stripped);
    }
    if (delimiter == null) {
      return stripped.isEmpty()
          ? Cell.unusable("it has no label")
          : new Cell(List.of(stripped), null);
    }
    return stripped.isEmpty() ? new Cell(List.of(), null) : split(stripped);
  }

  private Cell split(String text) {
    Pattern between = delimiter.isBlank() ? BLANKS : Pattern.compile(Pattern.quote(delimiter));
    List<String> labels = new ArrayList<>();
    for (String label : between.split(text, -1)) {
      labels.add(label.strip());
    }
    return labels.contains("")
        ? Cell.unusable("before or behind a \"%s\" stands no label".formatted(delimiter))
        : new Cell(labels, null);
  }

  private static Cell list(String text) {
    if (text.isEmpty()) {
      return Cell.unusable("it has no list of labels: write [] where there is none");
    }
    List<String> labels = new ArrayList<>();
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    for (JsonNode value : Json.read(json, JsonNode.class, "a list of labels")) {
      String label = value.isTextual() || value.isNumber() ? value.asText().strip() : "";
      if (label.isEmpty()) {
        return Cell.unusable("labels are text or numbers; its list has " + value);
      }
      labels.add(label);
    }
    return new Cell(labels, null);
  }
}
