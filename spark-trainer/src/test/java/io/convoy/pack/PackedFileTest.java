package io.convoy.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ImageGroup;
import io.convoy.data.LocalFiles;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackedFileTest {
  private static final String NAME = PackedFile.name(0);

  @TempDir Path folder;

  private static PackedImage image(int number, int bytes) {
    byte[] content = new byte[bytes];
    new Random(number).nextBytes(content);
    return new PackedImage(
        content, number % 7, "class é/" + number + ".jpg", number + 1, 2 * number + 1);
  }

  private PackedFile write(List<PackedImage> rows, long groupBytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(NAME))) {
      PackedFileWriter writer = new PackedFileWriter(out, NAME, groupBytes);
      for (PackedImage row : rows) {
        writer.add(row);
      }
      return writer.finish().orElseThrow();
    }
  }

  private PackedFileReader reader(PackedFile file) {
    return new PackedFileReader(new LocalFiles(), folder.toString(), file);
  }

  @Test
  void rowsComeBackAsTheyWere() throws IOException {
    List<PackedImage> rows = new ArrayList<>();
    for (int bytes : new int[] {1, 0, 13, 207, 4098, 70_001, 3, 1_500_000, 5, 2_100_000, 9}) {
      rows.add(image(rows.size(), bytes));
    }
    PackedFile file = write(rows, 1 << 20);
    assertEquals(Files.size(folder.resolve(NAME)), file.bytes());
    assertEquals(List.of(7, 1, 1, 1, 1), file.groups().stream().map(PackedGroup::rows).toList());
    PackedFileReader reader = reader(file);
    int next = 0;
    for (int group = 0; group < file.groups().size(); group++) {
      ImageGroup read = reader.rows(group);
      for (int row = 0; row < read.labels().length; row++) {
        PackedImage expected = rows.get(next++);
        assertArrayEquals(expected.image(), read.image(row));
        assertEquals(expected.label(), read.labels()[row]);
        assertEquals(expected.path(), read.names()[row]);
      }
    }
    assertEquals(rows.size(), next);
  }

  /** By the sizes that the file itself gives, which Parquet's own reader reads. */
  @Test
  void aLargeImageAfterManySmallOnesHasAGroupOfItsOwn() throws IOException {
    int target = 8 << 20;
    List<PackedImage> rows = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      rows.add(image(i, 1000));
    }
    rows.add(image(250, 20 << 20));
    for (int i = 251; i < 290; i++) {
      rows.add(image(i, 1 << 20));
    }
    PackedFile file = write(rows, target);
    List<Integer> sizes = new ArrayList<>();
    try (ParquetFileReader parquet =
        ParquetFileReader.open(new LocalInputFile(folder.resolve(NAME)))) {
      for (BlockMetaData block : parquet.getRowGroups()) {
        long bytes = block.getColumns().stream().mapToLong(ColumnChunkMetaData::getTotalSize).sum();
        boolean single = block.getRowCount() == 1;
        assertTrue(bytes <= (single ? 21 << 20 : target + 4096), () -> "a group of " + bytes);
        assertEquals(bytes, file.groups().get(sizes.size()).bytes());
        sizes.add((int) block.getRowCount());
        ColumnChunkMetaData images = block.getColumns().get(0);
        assertEquals(CompressionCodecName.UNCOMPRESSED, images.getCodec());
        assertTrue(images.getEncodings().contains(Encoding.PLAIN));
        assertTrue(!images.hasDictionaryPage() && images.getStatistics().isEmpty());
      }
    }
    assertEquals(List.of(250, 1, 7, 7, 7, 7, 7, 4), sizes);
    assertEquals(20 << 20, reader(file).rows(1).image(0).length);
  }

  @Test
  void everyFlippedBitOfAGroupIsNoticed() throws IOException {
    PackedFile file = write(List.of(image(1, 40), image(2, 30), image(3, 200)), 150);
    Path path = folder.resolve(NAME);
    byte[] whole = Files.readAllBytes(path);
    PackedGroup second = file.groups().get(1);
    ImageGroup before = reader(file).rows(1);
    int unnoticed = 0;
    for (long at = second.offset(); at < second.end(); at++) {
      byte[] changed = whole.clone();
      changed[(int) at] ^= 1;
      Files.write(path, changed);
      try {
        assertArrayEquals(before.image(0), reader(file).rows(1).image(0));
        unnoticed++; // of a page's header, a field that nobody reads: the rows are the same
      } catch (ConvoyException e) {
        assertEquals(ConvoyException.Kind.DATA, e.kind());
        String start = path + ": row group 1 (counted from 0) is damaged (";
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
      }
      reader(file).rows(0);
    }
    assertTrue(unnoticed < 120, unnoticed + " of " + second.bytes());
  }

  @Test
  void aDamagedFooterIsOneError() throws IOException {
    PackedFile file = write(List.of(image(1, 40), image(2, 30)), 100);
    Path path = folder.resolve(NAME);
    byte[] whole = Files.readAllBytes(path);
    int errors = 0;
    for (int at = (int) file.footer(); at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x41;
      Files.write(path, changed);
      try {
        assertArrayEquals(image(1, 40).image(), reader(file).rows(0).image(0));
      } catch (ConvoyException e) {
        assertEquals(ConvoyException.Kind.DATA, e.kind());
        errors++;
      }
    }
    assertTrue(errors > 100, errors + " errors");
  }

  @Test
  void aFileThatEndsEarlyIsTheStoresFault() throws IOException {
    PackedFile file = write(List.of(image(1, 40), image(2, 30)), 100);
    Path path = folder.resolve(NAME);
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, java.util.Arrays.copyOf(whole, whole.length - 1));
    ConvoyException e = assertThrows(ConvoyException.class, () -> reader(file).rows(0));
    assertEquals(ConvoyException.Kind.RESOURCE, e.kind());
    assertEquals(
        "%s: the file ends at byte %s, where it should have %s: is it still being written?"
            .formatted(path, whole.length - 1, whole.length),
        e.getMessage());
  }
}
