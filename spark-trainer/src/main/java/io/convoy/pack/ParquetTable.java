package io.convoy.pack;

import io.convoy.data.FileStore;
import io.convoy.data.RowPlace;
import io.convoy.data.StoredFile;
import io.convoy.data.reader.HeldImages;
import io.convoy.data.reader.TableRows;
import io.convoy.error.ConvoyException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The columns of text and of whole numbers of a table in Parquet, and of lists of such: a file, or
 * a folder of files, as Spark writes it. One row group is in memory at a time, without its other
 * columns.
 */
public final class ParquetTable implements TableRows {
  private static final String ENDING = ".parquet";

  private final FileStore files;
  private final List<String> all;
  private final Deque<String> parts;
  private final MessageType columns;

  /** The column of images; null where there is none. */
  private final MessageType image;

  private ParquetPart part;

  /** The next group of the part; that behind the last where the next part comes next. */
  private int group;

  /** The rows of the current group that nobody has had. */
  private final Deque<Row> rows = new ArrayDeque<>();

  private long given;

  /**
   * Reads the names of the columns.
   *
   * @param table a file, or a folder of files
   * @throws ConvoyException of kind DATA when it is no table in Parquet, or has neither a column of
   *     text nor one of images
   */
  public ParquetTable(FileStore files, String table) {
    this.files = files;
    all = parts(files, table);
    parts = new ArrayDeque<>(all);
    if (parts.isEmpty()) {
      throw ConvoyException.data("%s: there is no file *.parquet in it: name a table", table);
    }
    open();
    columns = readable(part.schema());
    image = ImageColumn.of(part.schema(), hasText(columns), table).orElse(null);
    if (image == null && !hasText(columns)) {
      throw ConvoyException.data(
          "%s: none of its columns is text, such as the paths of images, or bytes, such as the"
              + " images themselves; it has %s: name another table",
          table,
          part.schema().getFields().stream().map(Type::getName).collect(Collectors.joining(", ")));
    }
  }

  private static List<String> parts(FileStore files, String table) {
    boolean folder = StoredFile.find(files, table).map(FileStore.Entry::directory).orElse(false);
    return folder
        ? StoredFile.list(files, table).stream()
            .filter(entry -> !entry.directory() && entry.name().endsWith(ENDING))
            .map(FileStore.Entry::path)
            .toList()
        : List.of(table);
  }

  /** What can be a path or a label. */
  private static MessageType readable(MessageType schema) {
    return new MessageType(
        schema.getName(),
        schema.getFields().stream()
            .filter(field -> isTextOrWholeNumber(field) || ListColumn.is(field))
            .toList());
  }

  private static boolean hasText(MessageType columns) {
    return columns.getFields().stream()
        .anyMatch(field -> field.isPrimitive() && !isWholeNumber(field));
  }

  static boolean isTextOrWholeNumber(Type field) {
    if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    boolean text =
        field.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation
            || field.getLogicalTypeAnnotation() instanceof EnumLogicalTypeAnnotation;
    return text || isWholeNumber(field);
  }

  private static boolean isWholeNumber(Type field) {
    PrimitiveTypeName type = field.asPrimitiveType().getPrimitiveTypeName();
    return type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64;
  }

  @Override
  public List<String> columns() {
    return columns.getFields().stream().map(Type::getName).toList();
  }

  @Override
  public Set<Integer> lists() {
    return IntStream.range(0, columns.getFieldCount())
        .filter(column -> !columns.getType(column).isPrimitive())
        .boxed()
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<HeldImages> images() {
    return image == null ? Optional.empty() : Optional.of(new ParquetImages(files, all, image));
  }

  @Override
  public boolean hasNext() {
    while (rows.isEmpty()) {
      if (group < part.groups().size()) {
        readGroup();
      } else if (parts.isEmpty()) {
        return false;
      } else {
        open();
        requireColumns();
      }
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows");
    }
    return rows.remove();
  }

  private void requireColumns() {
    MessageType found = readable(part.schema());
    MessageType images = ImageColumn.of(part.schema(), hasText(found), part.path()).orElse(null);
    if (!found.getFields().equals(columns.getFields()) || !Objects.equals(images, image)) {
      throw ConvoyException.data(
          "%s: its columns are others than those of the table's first file (%s, there %s): move it"
              + " away, or write the table anew",
          part.path(), part.schema().getFields(), columns.getFields());
    }
  }

  /** Opens the next file: its footer is read. */
  private void open() {
    part = new ParquetPart(files, parts.remove());
    group = 0;
  }

  /** Reads the columns that are wanted of the next group, and lists its rows. */
  private void readGroup() {
    int number = group++;
    long count = part.groups().get(number).getRowCount();
    rows.addAll(part.read(number, columns, readers -> list(number, readers, count)));
  }

  private List<Row> list(int number, List<ColumnReader> readers, long count) {
    List<Function<ColumnReader, String>> reading =
        columns.getFields().stream().map(this::reading).toList();
    List<Row> listed = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      List<String> values = new ArrayList<>(readers.size());
      for (int column = 0; column < readers.size(); column++) {
        values.add(reading.get(column).apply(readers.get(column)));
      }
      RowPlace place = image == null ? null : new RowPlace(part.path(), number, row);
      listed.add(new Row(++given, values, null, place));
    }
    return listed;
  }

  /** How the next value of a column is read. */
  private Function<ColumnReader, String> reading(Type field) {
    return field.isPrimitive() ? ParquetTable::value : ListColumn.of(columns, field)::read;
  }

  private static String value(ColumnReader column) {
    int defined = column.getDescriptor().getMaxDefinitionLevel();
    String value = column.getCurrentDefinitionLevel() < defined ? null : text(column);
    column.consume();
    return value;
  }

  /** A value that is there. */
  static String text(ColumnReader column) {
    return switch (column.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> Integer.toString(column.getInteger());
      case INT64 -> Long.toString(column.getLong());
      default -> column.getBinary().toStringUsingUTF8();
    };
  }
}
