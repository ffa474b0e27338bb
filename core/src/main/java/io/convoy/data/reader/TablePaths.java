package io.convoy.data.reader;

import io.convoy.data.FileStore;
import java.util.ArrayList;
import java.util.List;

/** The paths that a table names, whatever else stands in it. */
public final class TablePaths {
  private TablePaths() {}

  /**
   * Reads the paths, as the table has them, in its order.
   *
   * @param table CSV, TSV, JSON lines or Parquet
   * @param column that has the paths; null for one of the names that people use
   * @param key by which the column can be given, for errors
   * @return one a row; empty where a row has none, or is damaged
   * @throws io.convoy.error.ConvoyException of kind DATA when it is no table, or has no such column
   */
  public static List<String> read(FileStore files, String table, String column, String key) {
    TableRows rows = TableFile.open(files, table);
    int path = TableColumns.paths(rows.columns(), column, key, table);
    List<String> paths = new ArrayList<>();
    rows.forEachRemaining(
        row -> {
          String value = row.problem() == null ? row.values().get(path) : null;
          paths.add(value == null ? "" : value);
        });
    return paths;
  }
}
