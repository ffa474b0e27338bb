package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.image.FileKind;
import io.convoy.error.ConvoyException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of images, read.
 *
 * @param path the file
 * @param rows in the order of lines
 * @param divided whether a column says to which set each row belongs
 */
record TableFile(String path, List<Row> rows, boolean divided) {
  static final String PARQUET = ".parquet";

  /** By name, since the reader stands on Parquet, which core does without. */
  private static final String PARQUET_READER = "io.convoy.pack.ParquetTable";

  /** The endings of the names of files that are tables. */
  static final List<String> ENDINGS = List.of(".csv", ".tsv", ".jsonl", ".ndjson", PARQUET);

  /**
   * A row.
   *
   * @param path of its image, as the table has it
   * @param label as the table has it; blank where it has none
   * @param split null where the table is not divided, or the row does not say it
   * @param problem why it is of no use; null where nothing is known against it
   */
  record Row(long line, String path, String label, TableSplit split, String problem) {}

  /**
   * Reads a table.
   *
   * @throws ConvoyException of kind DATA when it is no table with such columns
   */
  static TableFile read(FileStore files, String path, Reading reading) {
    TableRows rows = rows(files, path);
    TableColumns columns = TableColumns.of(rows.columns(), reading, path);
    List<Row> read = new ArrayList<>();
    rows.forEachRemaining(row -> read.add(row(row, columns)));
    if (read.isEmpty()) {
      throw ConvoyException.data("%s: the table has a header and no rows: add images", path);
    }
    return new TableFile(path, read, columns.split() >= 0);
  }

  /** The lines of a table. */
  static TableRows rows(FileStore files, String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(PARQUET)) {
      Class<?>[] types = {FileStore.class, String.class};
      return ParquetReaders.make(
          TableRows.class, PARQUET_READER, "tables in Parquet", types, files, path);
    }
    String text = text(StoredFile.read(files, path), path);
    return name.endsWith(".jsonl") || name.endsWith(".ndjson")
        ? new JsonLinesRows(text, path)
        : new CsvRows(text, path);
  }

  private static Row row(TableRows.Row row, TableColumns columns) {
    if (row.problem() != null) {
      return new Row(row.line(), "", "", null, row.problem());
    }
    String path = value(row, columns.path());
    String label = value(row, columns.label()).strip();
    String named = columns.split() < 0 ? "" : value(row, columns.split()).strip();
    TableSplit split = TableSplit.of(named).orElse(null);
    String problem = null;
    if (columns.split() >= 0 && split == null) {
      problem = "split is train, test or val; it has \"%s\"".formatted(named);
    } else if (path.isBlank()) {
      problem = "it has no path";
    } else if (label.isEmpty()) {
      problem = "it has no label";
    }
    return new Row(row.line(), path, label, split, problem);
  }

  private static String value(TableRows.Row row, int column) {
    String value = row.values().get(column);
    return value == null ? "" : value;
  }

  /** The rows of one set; of a table that is not divided, all. */
  List<Row> rows(TableSplit split) {
    // a row that does not say where it belongs is a mistake in each of them
    return divided
        ? rows.stream().filter(row -> row.split() == split || row.split() == null).toList()
        : rows;
  }

  long count(TableSplit split) {
    return rows.stream().filter(row -> row.split() == split).count();
  }

  boolean has(TableSplit split) {
    return count(split) > 0;
  }

  private static String text(byte[] bytes, String path) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      }
    } catch (CharacterCodingException e) {
      throw noText(bytes, path, e);
    }
    throw noText(bytes, path, null);
  }

  private static ConvoyException noText(byte[] bytes, String path, Exception cause) {
    return new ConvoyException(
        ConvoyException.Kind.DATA,
        "%s: a table is text in UTF-8; this is %s: save it as CSV in UTF-8"
            .formatted(path, FileKind.of(bytes).orElse("in another character set, or no text")),
        cause);
  }
}
