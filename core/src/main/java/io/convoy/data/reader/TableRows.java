package io.convoy.data.reader;

import io.convoy.data.RowPlace;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of a table, one behind the other, before anybody asks what they mean. */
public interface TableRows extends Iterator<TableRows.Row> {
  /**
   * A row.
   *
   * @param line where it begins, counted from 1
   * @param values by column; null where it has none; a list is a JSON array
   * @param problem why it cannot be read; null where it can
   * @param place where it lies, in a table that holds images; else null
   */
  record Row(long line, List<String> values, String problem, RowPlace place) {
    /** A row of text. */
    Row(long line, List<String> values, String problem) {
      this(line, values, problem, null);
    }
  }

  /** The names of the columns of text and numbers, as the table has them. */
  List<String> columns();

  /** Which of the columns hold lists, counted from 0. */
  default Set<Integer> lists() {
    return Set.of();
  }

  /** The images that the table itself holds; empty where it names files. */
  default Optional<HeldImages> images() {
    return Optional.empty();
  }
}
