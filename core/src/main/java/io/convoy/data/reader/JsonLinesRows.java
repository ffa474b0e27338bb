package io.convoy.data.reader;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * JSON lines: an object a line, whose keys are the columns. Columns are the keys of the first line;
 * those are columns of lists whose value there is one.
 */
final class JsonLinesRows implements TableRows {
  private final String path;
  private final Iterator<String> lines;
  private final List<String> columns = new ArrayList<>();
  private final Set<Integer> lists = new HashSet<>();
  private JsonNode next;
  private long line;

  /**
   * @param path what errors name
   * @throws ConvoyException of kind DATA when the table is empty, or its first line no JSON object
   */
  JsonLinesRows(String text, String path) {
    this.path = path;
    this.lines = text.lines().iterator();
    advance();
    if (next == null) {
      throw ConvoyException.data("%s: the table is empty: write a JSON object a line", path);
    }
    next.fieldNames().forEachRemaining(columns::add);
    for (int column = 0; column < columns.size(); column++) {
      if (next.get(columns.get(column)).isArray()) {
        lists.add(column);
      }
    }
  }

  private void advance() {
    next = null;
    while (next == null && lines.hasNext()) {
      String text = lines.next();
      line++;
      if (!text.isBlank()) {
        next = parse(text);
      }
    }
  }

  private JsonNode parse(String text) {
    String place = "%s: line %s".formatted(path, line);
    JsonNode node = Json.readFile(text.getBytes(StandardCharsets.UTF_8), JsonNode.class, place);
    if (node == null || !node.isObject()) {
      throw ConvoyException.data(
          "%s: each line of JSON lines is an object, such as {\"path\": \"a.jpg\", \"label\":"
              + " \"cat\"}: write one image a line",
          place);
    }
    return node;
  }

  @Override
  public List<String> columns() {
    return List.copyOf(columns);
  }

  @Override
  public Set<Integer> lists() {
    return Set.copyOf(lists);
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException("no more rows");
    }
    List<String> values = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      values.add(value(next.path(columns.get(column)), lists.contains(column)));
    }
    Row row = new Row(line, values, null);
    advance();
    return row;
  }

  private static String value(JsonNode value, boolean list) {
    if (list) {
      return value.isArray() ? value.toString() : null;
    }
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }
}
