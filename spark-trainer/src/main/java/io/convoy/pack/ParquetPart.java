package io.convoy.pack;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * A file of a table in Parquet. Bytes are read first, as many as its footer says, and then their
 * meaning: a store that fails is never taken for damage.
 */
final class ParquetPart {
  /** The length of the footer, and four letters. */
  private static final int TAIL = 8;

  private static final int MOST_FOOTER = 1 << 28;

  /** Of a column in a row group, before and after it is decompressed. */
  private static final long MOST_COLUMN = 1L << 30;

  private final FileStore files;
  private final String path;
  private final long length;
  private final ParquetMetadata footer;

  /**
   * Reads the footer.
   *
   * @throws ConvoyException of kind DATA when it is no such file
   */
  ParquetPart(FileStore files, String path) {
    this.files = files;
    this.path = path;
    length = StoredFile.length(files, path);
    int ending = (int) Math.min(TAIL, length);
    ByteBuffer tail = ByteBuffer.wrap(StoredFile.read(files, path, length - ending, ending));
    long size = ending < TAIL ? -1 : tail.order(ByteOrder.LITTLE_ENDIAN).getInt() + (long) TAIL;
    if (size < TAIL || size > Math.min(length, MOST_FOOTER)) {
      throw damaged("it has no footer", null);
    }
    byte[] bytes = StoredFile.read(files, path, length - size, (int) size);
    footer =
        parse(
            () -> {
              FileParts known = new FileParts(length).with(length - size, bytes);
              try (ParquetFileReader reader = ParquetFileReader.open(known, options())) {
                return reader.getFooter();
              }
            });
  }

  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withUseHadoopVectoredIo(false)
        .build();
  }

  String path() {
    return path;
  }

  MessageType schema() {
    return footer.getFileMetaData().getSchema();
  }

  /** What its row groups have. */
  List<BlockMetaData> groups() {
    return footer.getBlocks();
  }

  /**
   * Reads some columns of a row group.
   *
   * @param columns the part of the schema that is wanted
   * @param made what is made of their readers, in the order of {@code columns}; nothing else of the
   *     file is read
   */
  <T> T read(int group, MessageType columns, Function<List<ColumnReader>, T> made) {
    FileParts bytes = new FileParts(length);
    for (ColumnChunkMetaData column : groups().get(group).getColumns()) {
      if (columns.containsPath(column.getPath().toArray())) {
        requireSize(group, column);
        int size = (int) column.getTotalSize();
        bytes.with(
            column.getStartingPos(), StoredFile.read(files, path, column.getStartingPos(), size));
      }
    }
    return parse(
        () -> {
          try (ParquetFileReader reader =
              ParquetFileReader.open(bytes, footer, options(), bytes.newStream())) {
            reader.setRequestedSchema(columns);
            ColumnReadStoreImpl store =
                new ColumnReadStoreImpl(
                    reader.readRowGroup(group), new NoConverter(columns), columns, "");
            return made.apply(columns.getColumns().stream().map(store::getColumnReader).toList());
          }
        });
  }

  private void requireSize(int group, ColumnChunkMetaData column) {
    long start = column.getStartingPos();
    long size = column.getTotalSize();
    if (start < 0 || size <= 0 || size > length - start || column.getTotalUncompressedSize() < 0) {
      throw damaged(
          "column %s has %s bytes from byte %s on".formatted(column.getPath(), size, start), null);
    }
    long most = Math.max(size, column.getTotalUncompressedSize());
    if (most > MOST_COLUMN) {
      throw ConvoyException.data(
          "%s: the column %s has %d bytes in row group %d (counted from 0); at most %d are read in"
              + " one piece: write the table in smaller row groups, or pack its images by convoy"
              + " pack",
          path, column.getPath().toDotString(), most, group, MOST_COLUMN);
    }
  }

  /** What Parquet makes of bytes in memory. */
  @FunctionalInterface
  private interface Parsing<T> {
    T run() throws IOException;
  }

  private <T> T parse(Parsing<T> parsing) {
    try {
      return parsing.run();
    } catch (IOException | RuntimeException e) { // Parquet throws anything on damaged bytes
      throw damaged(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
    }
  }

  private ConvoyException damaged(String reason, Exception cause) {
    return new ConvoyException(
        ConvoyException.Kind.DATA,
        "%s: it is no table in Parquet, or damaged (%s): copy it again, or write it anew"
            .formatted(path, reason.lines().findFirst().orElse("")),
        cause);
  }
}
