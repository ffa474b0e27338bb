package io.convoy.pack;

import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
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
  PackedRows rows(int number) {
    PackedGroup group = file.groups().get(number);
    byte[] footer = footer();
    byte[] bytes = part(group.offset(), group.bytes());
    FileParts parts =
        new FileParts(file.bytes()).with(file.footer(), footer).with(group.offset(), bytes);
    return guarded(
        number,
        () -> {
          try (ParquetFileReader reader = open(parts, PackLayout.SCHEMA)) {
            PackedRows rows = rows(reader.readRowGroup(number), group);
            return rows;
          }
        });
  }

  private PackedRows rows(PageReadStore pages, PackedGroup group) {
    ColumnReadStoreImpl columns = columns(pages, PackLayout.SCHEMA);
    ColumnReader image = columns.getColumnReader(PackLayout.IMAGE);
    ColumnReader label = columns.getColumnReader(PackLayout.LABEL);
    ColumnReader path = columns.getColumnReader(PackLayout.PATH);
    ColumnReader height = columns.getColumnReader(PackLayout.HEIGHT);
    ColumnReader width = columns.getColumnReader(PackLayout.WIDTH);
    int count = group.rows();
    PackedRows rows = new PackedRows(new ByteBuffer[count], new int[count], new String[count]);
    Fingerprint digest = new Fingerprint();
    for (int row = 0; row < count; row++) {
      ByteBuffer bytes = image.getBinary().toByteBuffer();
      rows.images()[row] = bytes;
      rows.labels()[row] = label.getInteger();
      rows.paths()[row] = path.getBinary().toStringUsingUTF8();
      PackedImage.addTo(
          digest,
          bytes.array(),
          bytes.arrayOffset() + bytes.position(),
          bytes.remaining(),
          rows.labels()[row],
          rows.paths()[row],
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

  /** The labels of all rows, without their images. */
  int[] labels() {
    byte[] footer = footer();
    FileParts parts = new FileParts(file.bytes()).with(file.footer(), footer);
    int[] labels = new int[file.groups().stream().mapToInt(PackedGroup::rows).sum()];
    int[] next = {0};
    try (ParquetFileReader reader = guarded(0, () -> open(parts, PackLayout.LABELS))) {
      for (int number = 0; number < file.groups().size(); number++) {
        int group = number;
        ColumnChunkMetaData chunk = labelChunk(reader.getRowGroups().get(number));
        parts.with(chunk.getStartingPos(), part(chunk.getStartingPos(), chunk.getTotalSize()));
        guarded(
            number,
            () -> {
              addLabels(reader.readRowGroup(group), file.groups().get(group).rows(), labels, next);
              return null;
            });
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot happen: the parts are read from memory", e);
    }
    return labels;
  }

  private static ColumnChunkMetaData labelChunk(BlockMetaData block) {
    return block.getColumns().stream()
        .filter(column -> column.getPath().equals(labelPath()))
        .findFirst()
        .orElseThrow();
  }

  private static org.apache.parquet.hadoop.metadata.ColumnPath labelPath() {
    return org.apache.parquet.hadoop.metadata.ColumnPath.get(PackLayout.LABEL.getPath());
  }

  private static void addLabels(PageReadStore pages, int rows, int[] labels, int[] next) {
    ColumnReader label = columns(pages, PackLayout.LABELS).getColumnReader(PackLayout.LABEL);
    for (int row = 0; row < rows; row++) {
      labels[next[0]++] = label.getInteger();
      label.consume();
    }
  }

  private byte[] footer() {
    return part(file.footer(), file.bytes() - file.footer());
  }

  private byte[] part(long from, long length) {
    return StoredFile.read(files, path(), from, Math.toIntExact(length));
  }

  /** Opens what is in memory, and checks that it says what the set's description says. */
  private ParquetFileReader open(FileParts parts, MessageType columns) throws IOException {
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
    reader.setRequestedSchema(columns);
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

  private static ColumnReadStoreImpl columns(PageReadStore pages, MessageType columns) {
    return new ColumnReadStoreImpl(pages, new NoConverter(columns), columns, "");
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
