package io.convoy.pack;

import io.convoy.data.Fingerprint;
import io.convoy.data.GroupCut;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;

/**
 * Writes rows into one file. Before each row {@link GroupCut} decides whether the row group ends.
 * Parquet's own writer decides so every hundred rows, and would let groups of large images grow to
 * gigabytes.
 */
public final class PackedFileWriter {
  private static final int NO_INDEX = 64;

  /** Images are compressed already. */
  private static final BytesInputCompressor AS_IT_IS =
      new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) {
          return bytes;
        }

        @Override
        public CompressionCodecName getCodecName() {
          return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        public void release() {
          // it holds nothing
        }
      };

  private final String name;
  private final GroupCut cut;
  private final ParquetProperties properties = PackLayout.properties();
  private final ParquetFileWriter file;
  private final List<PackedGroup> groups = new ArrayList<>();
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private Fingerprint digest;
  private int rows;

  /**
   * Starts a file.
   *
   * @param name what {@link PackedFile} calls it
   * @param groupBytes the most bytes of a row group of several rows
   */
  public PackedFileWriter(OutputStream out, String name, long groupBytes) throws IOException {
    this.name = name;
    this.cut = new GroupCut(groupBytes);
    file =
        new ParquetFileWriter(
            CountedOutput.file(out),
            PackLayout.SCHEMA,
            ParquetFileWriter.Mode.CREATE,
            groupBytes,
            0,
            null,
            properties);
    file.start();
  }

  /** Adds a row. */
  public void add(PackedImage row) throws IOException {
    if (cut.endsBefore(row.bytes())) {
      endGroup();
    }
    if (rows == 0) {
      pages =
          new ColumnChunkPageWriteStore(
              AS_IT_IS, PackLayout.SCHEMA, HeapByteBufferAllocator.getInstance(), NO_INDEX, true);
      columns = properties.newColumnWriteStore(PackLayout.SCHEMA, pages);
      digest = new Fingerprint();
    }
    columns
        .getColumnWriter(PackLayout.IMAGE)
        .write(Binary.fromConstantByteArray(row.image()), 0, 0);
    columns.getColumnWriter(PackLayout.LABEL).write(row.label(), 0, 0);
    columns.getColumnWriter(PackLayout.PATH).write(Binary.fromString(row.path()), 0, 0);
    columns.getColumnWriter(PackLayout.HEIGHT).write(row.height(), 0, 0);
    columns.getColumnWriter(PackLayout.WIDTH).write(row.width(), 0, 0);
    columns.endRecord();
    row.addTo(digest);
    rows++;
  }

  private void endGroup() throws IOException {
    long start = file.getPos();
    columns.flush();
    file.startBlock(rows);
    pages.flushToFileWriter(file);
    file.endBlock();
    columns.close();
    pages.close();
    groups.add(new PackedGroup(rows, start, file.getPos() - start, digest.hex()));
    rows = 0;
  }

  /**
   * Ends the file.
   *
   * @return what it holds; empty where it has no row
   */
  public Optional<PackedFile> finish() throws IOException {
    if (rows > 0) {
      endGroup();
    }
    file.end(Map.of());
    return groups.isEmpty()
        ? Optional.empty()
        : Optional.of(new PackedFile(name, file.getPos(), groups));
  }
}
