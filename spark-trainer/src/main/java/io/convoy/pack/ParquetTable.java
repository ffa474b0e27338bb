package io.convoy.pack;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.reader.TableRows;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The columns of text and of whole numbers of a table in Parquet: a file, or a folder of such, as
 * Spark writes it. One row group is in memory at a time, without its other columns.
 */
public final class ParquetTable implements TableRows {
  private static final String ENDING = ".parquet";

  /** The length of the footer, and four letters. */
  private static final int TAIL = 8;

  private static final int MOST_FOOTER = 1 << 28;

  /** Of a column in a row group, before and after it is decompressed. */
  private static final long MOST_COLUMN = 1L << 30;

  private final FileStore files;
  private final String table;
  private final Deque<String> parts;
  private final MessageType columns;

  private String part;
  private long length;
  private ParquetMetadata footer;

  /** The next group of the part; that behind the last where the next part comes next. */
  private int group;

  /** The rows of the current group that nobody has had. */
  private final Deque<List<String>> rows = new ArrayDeque<>();

  private long given;

  /**
   * Reads the names of the columns.
   *
   * @param table a file, or a folder of files
   * @throws ConvoyException of kind DATA when it is no table in Parquet, or has no column of text
   */
  public ParquetTable(FileStore files, String table) {
    this.files = files;
    this.table = table;
    parts = new ArrayDeque<>(parts(files, table));
    if (parts.isEmpty()) {
      throw ConvoyException.data("%s: there is no file *.parquet in it: name a table", table);
    }
    open();
    columns = readable(footer.getFileMetaData().getSchema());
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
  private MessageType readable(MessageType schema) {
    List<Type> fields =
        schema.getFields().stream().filter(ParquetTable::isTextOrWholeNumber).toList();
    boolean text = fields.stream().anyMatch(field -> !isWholeNumber(field));
    if (!text) {
      throw ConvoyException.data(
          "%s: none of its columns is text, such as the paths of images (it has %s); where it holds"
              + " the images themselves, pack it by convoy pack, and set data.format: pack",
          table, schema.getFields().stream().map(Type::getName).collect(Collectors.joining(", ")));
    }
    return new MessageType(schema.getName(), fields);
  }

  private static boolean isTextOrWholeNumber(Type field) {
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
  public boolean hasNext() {
    while (rows.isEmpty()) {
      if (group < footer.getBlocks().size()) {
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
    return new Row(++given, rows.remove(), null);
  }

  private void requireColumns() {
    MessageType found = readable(footer.getFileMetaData().getSchema());
    if (!found.getFields().equals(columns.getFields())) {
      throw ConvoyException.data(
          "%s: its columns are others than those of the table's first file (%s, there %s): move it"
              + " away, or write the table anew",
          part, found.getFields(), columns.getFields());
    }
  }

  /** Opens the next file: its footer is read. */
  private void open() {
    part = parts.remove();
    group = 0;
    length = StoredFile.length(files, part);
    int ending = (int) Math.min(TAIL, length);
    ByteBuffer tail = ByteBuffer.wrap(StoredFile.read(files, part, length - ending, ending));
    long size = ending < TAIL ? -1 : tail.order(ByteOrder.LITTLE_ENDIAN).getInt() + (long) TAIL;
    if (size < TAIL || size > Math.min(length, MOST_FOOTER)) {
      throw damaged("it has no footer", null);
    }
    byte[] bytes = StoredFile.read(files, part, length - size, (int) size);
    parse(
        () -> {
          FileParts known = new FileParts(length).with(length - size, bytes);
          try (ParquetFileReader reader = ParquetFileReader.open(known, options())) {
            footer = reader.getFooter();
          }
        });
  }

  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withUseHadoopVectoredIo(false)
        .build();
  }

  /** Reads the columns that are wanted of the next group, and lists its rows. */
  private void readGroup() {
    BlockMetaData block = footer.getBlocks().get(group);
    FileParts bytes = new FileParts(length);
    for (ColumnChunkMetaData column : block.getColumns()) {
      String[] path = column.getPath().toArray();
      if (path.length == 1 && columns.containsField(path[0])) {
        requireSize(column);
        int size = (int) column.getTotalSize();
        bytes.with(
            column.getStartingPos(), StoredFile.read(files, part, column.getStartingPos(), size));
      }
    }
    int number = group++;
    parse(
        () -> {
          try (ParquetFileReader reader =
              ParquetFileReader.open(bytes, footer, options(), bytes.newStream())) {
            reader.setRequestedSchema(columns);
            list(reader.readRowGroup(number), block.getRowCount());
          }
        });
  }

  private void requireSize(ColumnChunkMetaData column) {
    long start = column.getStartingPos();
    long size = column.getTotalSize();
    boolean within = start >= 0 && size > 0 && size <= length - start;
    if (!within || Math.max(size, column.getTotalUncompressedSize()) > MOST_COLUMN) {
      throw damaged(
          "column %s has %s bytes from byte %s on".formatted(column.getPath(), size, start), null);
    }
  }

  private void list(PageReadStore pages, long count) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(pages, new NoConverter(columns), columns, "");
    List<ColumnReader> readers = columns.getColumns().stream().map(store::getColumnReader).toList();
    for (long row = 0; row < count; row++) {
      List<String> values = new ArrayList<>(readers.size());
      for (ColumnReader column : readers) {
        values.add(value(column));
        column.consume();
      }
      rows.add(values);
    }
  }

  private static String value(ColumnReader column) {
    if (column.getCurrentDefinitionLevel() < column.getDescriptor().getMaxDefinitionLevel()) {
      return null;
    }
    return switch (column.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> Integer.toString(column.getInteger());
      case INT64 -> Long.toString(column.getLong());
      default -> column.getBinary().toStringUsingUTF8();
    };
  }

  /** What Parquet makes of bytes in memory. */
  @FunctionalInterface
  private interface Parsing {
    void run() throws IOException;
  }

  private void parse(Parsing parsing) {
    try {
      parsing.run();
    } catch (IOException | RuntimeException e) { // Parquet throws anything on damaged bytes
      throw damaged(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
    }
  }

  private ConvoyException damaged(String reason, Exception cause) {
    return new ConvoyException(
        ConvoyException.Kind.DATA,
        "%s: it is no table in Parquet, or damaged (%s): copy it again, or write it anew"
            .formatted(part, reason.lines().findFirst().orElse("")),
        cause);
  }
}
