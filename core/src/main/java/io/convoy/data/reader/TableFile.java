package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.RowPlace;
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
 * @param several whether an image may have several labels
 * @param images that lie in the table; null where it names files
 */
record TableFile(String path, List<Row> rows, boolean divided, boolean several, HeldImages images) {
  static final String PARQUET = ".parquet";

  /** By name, since the reader stands on Parquet, which core does without. */
  private static final String PARQUET_READER = "io.convoy.pack.ParquetTable";

  /** The endings of the names of files that are tables. */
  static final List<String> ENDINGS = List.of(".csv", ".tsv", ".jsonl", ".ndjson", PARQUET);

  /**
   * A row.
   *
   * @param path of its image, as the table has it; where the table holds images, what this one is
   *     called
   * @param labels as the table has them
   * @param split null where the table is not divided, or the row does not say it
   * @param problem why it is of no use; null where nothing is known against it
   * @param place of its image, where the table holds that; else null
   */
  record Row(
      long line,
      String path,
      List<String> labels,
      TableSplit split,
      String problem,
      RowPlace place) {}

  /**
   * Reads a table.
   *
   * @throws ConvoyException of kind DATA when it is no table with such columns
   */
  static TableFile read(FileStore files, String path, Reading reading) {
    TableRows rows = open(files, path);
    HeldImages images = rows.images().orElse(null);
    TableColumns columns = TableColumns.of(rows, reading, images != null, path);
    LabelCells cells = cells(rows, columns.label(), reading.labelDelimiter(), path);
    List<Row> read = new ArrayList<>();
    rows.forEachRemaining(row -> read.add(row(row, columns, cells)));
    if (read.isEmpty()) {
      throw ConvoyException.data("%s: the table has a header and no rows: add images", path);
    }
    return new TableFile(path, read, columns.split() >= 0, cells.areSeveral(), images);
  }

  private static LabelCells cells(TableRows rows, int column, String delimiter, String path) {
    boolean lists = rows.lists().contains(column);
    if (lists && delimiter != null) {
      throw ConvoyException.data(
          "%s: its column %s holds lists, whose labels need nothing between them: take"
              + " data.labelDelimiter away",
          path, rows.columns().get(column));
    }
    return new LabelCells(delimiter, lists);
  }

  /**
   * Opens a table: its columns are known, no row is read.
   *
   * @throws ConvoyException as {@link #read}
   */
  static TableRows open(FileStore files, String path) {
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

  private static Row row(TableRows.Row row, TableColumns columns, LabelCells cells) {
    if (row.problem() != null) {
      return new Row(row.line(), "", List.of(), null, row.problem(), null);
    }
    String path = columns.path() < 0 ? "" : value(row, columns.path());
    LabelCells.Cell cell = cells.read(value(row, columns.label()));
    String named = columns.split() < 0 ? "" : value(row, columns.split()).strip();
    TableSplit split = TableSplit.of(named).orElse(null);
    String problem = null;
    if (columns.split() >= 0 && split == null) {
      problem = "split is train, test or val; it has \"%s\"".formatted(named);
    } else if (path.isBlank() && row.place() == null) {
      problem = "it has no path";
    } else {
      problem = cell.problem();
    }
    String name = path.isBlank() && row.place() != null ? "row " + row.line() : path;
    return new Row(row.line(), name, cell.labels(), split, problem, row.place());
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
