package io.convoy.data.reader;

import java.util.Iterator;
import java.util.List;

/** The lines of a table as text, one behind the other, before anybody asks what they mean. */
public interface TableRows extends Iterator<TableRows.Row> {
  /**
   * A row.
   *
   * @param line where it begins, counted from 1
   * @param values by column; null where it has none
   * @param problem why it cannot be read; null where it can
   */
  record Row(long line, List<String> values, String problem) {}

  /** The names of the columns, as the table has them. */
  List<String> columns();
}
