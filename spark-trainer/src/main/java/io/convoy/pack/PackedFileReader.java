package io.convoy.pack;

import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.ImageGroup;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;

/**
 * Reads the rows of a file, a row group at a time. The bytes come first, as many as the set's
 * description says, and then their meaning: a store that fails is never taken for damage.
 *
 * @param folder the set's
 * @param file as the set's description has it; the store has a file of that length
 */
record PackedFileReader(FileStore files, String folder, PackedFile file) {
  private String path() {
    return folder + "/" + file.name();
  }

  /**
   * A row group, checked against its digest.
   *
   * @param number from 0
   */
  ImageGroup rows(int number) {
    PackedGroup group = file.groups().get(number);
    byte[] footer = footer();
    byte[] bytes = part(group.offset(), group.bytes());
    FileParts parts =
        new FileParts(file.bytes()).with(file.footer(), footer).with(group.offset(), bytes);
    return guarded(
        number,
        () -> {
          try (ParquetFileReader reader = open(parts)) {
            ImageGroup rows = rows(reader.readRowGroup(number), group);
            return rows;
          }
        });
  }

  private ImageGroup rows(PageReadStore pages, PackedGroup group) {
    ColumnReadStoreImpl columns = columns(pages);
    ColumnReader image = columns.getColumnReader(PackLayout.IMAGE);
    ColumnReader label = columns.getColumnReader(PackLayout.LABEL);
    ColumnReader path = columns.getColumnReader(PackLayout.PATH);
    ColumnReader height = columns.getColumnReader(PackLayout.HEIGHT);
    ColumnReader width = columns.getColumnReader(PackLayout.WIDTH);
    int count = group.rows();
    ImageGroup rows = new ImageGroup(new ByteBuffer[count], new int[count], new String[count]);
    Fingerprint digest = new Fingerprint();
    for (int row = 0; row < count; row++) {
      ByteBuffer bytes = image.getBinary().toByteBuffer();
      rows.images()[row] = bytes;
      rows.labels()[row] = label.getInteger();
      rows.names()[row] = path.getBinary().toStringUsingUTF8();
      PackedImage.addTo(
          digest,
          bytes.array(),
          bytes.arrayOffset() + bytes.position(),
          bytes.remaining(),
          rows.labels()[row],
          rows.names()[row],
          height.getInteger(),
          width.getInteger());
      List.of(image, label, path, height, width).forEach(ColumnReader::consume);
    }
    String found = digest.hex();
    if (!found.equals(group.sha256())) {
      throw new IllegalStateException(
          "its SHA-256 is %s, the set's description says %s".formatted(found, group.sha256()));
    }
    return rows;
  }

  private byte[] footer() {
    return part(file.footer(), file.bytes() - file.footer());
  }

  private byte[] part(long from, long length) {
    return StoredFile.read(files, path(), from, Math.toIntExact(length));
  }

  /** Opens what is in memory, and checks that it says what the set's description says. */
  private ParquetFileReader open(FileParts parts) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withUseHadoopVectoredIo(false)
            .build();
    ParquetFileReader reader = ParquetFileReader.open(parts, options);
    MessageType schema = reader.getFileMetaData().getSchema();
    require(schema.equals(PackLayout.SCHEMA), "its columns are others: " + schema);
    List<BlockMetaData> blocks = reader.getRowGroups();
    require(blocks.size() == file.groups().size(), "it has %s row groups".formatted(blocks.size()));
    for (int number = 0; number < blocks.size(); number++) {
      PackedGroup group = file.groups().get(number);
      BlockMetaData block = blocks.get(number);
      require(block.getRowCount() == group.rows(), "it has %s rows".formatted(block.getRowCount()));
      block.getColumns().forEach(column -> require(column, group));
    }
    return reader;
  }

  private static void require(ColumnChunkMetaData column, PackedGroup group) {
    long start = column.getStartingPos();
    long size = column.getTotalSize();
    require(
        start >= group.offset() && size > 0 && size <= group.end() - start,
        "a column lies outside of its row group");
    require(
        column.getCodec() == CompressionCodecName.UNCOMPRESSED && !column.hasDictionaryPage(),
        "a column is compressed");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static ColumnReadStoreImpl columns(PageReadStore pages) {
    return new ColumnReadStoreImpl(
        pages, new NoConverter(PackLayout.SCHEMA), PackLayout.SCHEMA, "");
  }

  /** What Parquet makes of bytes in memory. */
  @FunctionalInterface
  private interface Parsing<T> {
    T run() throws IOException;
  }

  private <T> T guarded(int group, Parsing<T> parsing) {
    try {
      return parsing.run();
    } catch (IOException | RuntimeException e) { // Parquet throws anything on damaged bytes
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s: row group %s (counted from 0) is damaged (%s): copy the file again, or pack the set again"
              .formatted(path(), group, reason.lines().findFirst().orElse("")),
          e);
    }
  }
}
