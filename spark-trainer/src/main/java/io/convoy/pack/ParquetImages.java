package io.convoy.pack;

import io.convoy.data.FileStore;
import io.convoy.data.reader.HeldImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;

/** The images of a table in Parquet. A file's footer is read when the file is first asked for. */
final class ParquetImages implements HeldImages {
  private static final byte[] NONE = {};

  private final FileStore files;
  private final List<String> paths;
  private final MessageType column;
  private final Map<String, ParquetPart> parts = new ConcurrentHashMap<>();

  /**
   * @param paths of the table's files
   * @param column the part of the schema that is the images'
   */
  ParquetImages(FileStore files, List<String> paths, MessageType column) {
    this.files = files;
    this.paths = List.copyOf(paths);
    this.column = column;
  }

  @Override
  public String column() {
    return ImageColumn.name(column);
  }

  @Override
  public long bytes() {
    return groupBytes().sum();
  }

  @Override
  public long largestGroup() {
    return groupBytes().max().orElse(0);
  }

  private LongStream groupBytes() {
    return paths.stream().flatMap(path -> part(path).groups().stream()).mapToLong(this::bytes);
  }

  private long bytes(BlockMetaData group) {
    return group.getColumns().stream()
        .filter(chunk -> column.containsPath(chunk.getPath().toArray()))
        .mapToLong(chunk -> Math.max(chunk.getTotalSize(), chunk.getTotalUncompressedSize()))
        .sum();
  }

  private ParquetPart part(String path) {
    return parts.computeIfAbsent(path, one -> new ParquetPart(files, one));
  }

  @Override
  public byte[][] read(String file, int group) {
    ParquetPart part = part(file);
    long rows = part.groups().get(group).getRowCount();
    return part.read(group, column, readers -> images(readers.get(0), rows));
  }

  private static byte[][] images(ColumnReader reader, long rows) {
    int present = reader.getDescriptor().getMaxDefinitionLevel();
    List<byte[]> images = new ArrayList<>(); // the number may be wrong in a damaged file
    for (long row = 0; row < rows; row++) {
      boolean there = reader.getCurrentDefinitionLevel() == present;
      images.add(there ? reader.getBinary().getBytes() : NONE);
      reader.consume();
    }
    return images.toArray(byte[][]::new);
  }
}
