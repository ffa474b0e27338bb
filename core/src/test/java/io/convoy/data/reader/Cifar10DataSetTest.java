package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.ReadImages;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10DataSetTest {
  private static final int IMAGES = 3;

  @TempDir Path folder;
  private final FileStore files = new LocalFiles();

  /** Planes become pixels: red, green and blue of a place stand side by side. */
  @Test
  void readsRecordsOfSeveralFiles() throws IOException {
    Cifar10DataSet set = write(records(0), records(1));
    try (SampleSource source = set.open(files)) {
      assertEquals(2 * IMAGES, source.size());
      assertEquals(Optional.of(Shape.of(32, 32, 3)), source.commonShape());
      assertEquals("truck", source.classes().get(9));
      for (int index = 0; index < source.size(); index++) {
        int file = index / IMAGES;
        int image = index % IMAGES;
        assertEquals(label(file, image), source.label(index));
        byte[] pixels = ReadImages.bytes(source, index);
        for (int row : new int[] {0, 13, 31}) {
          for (int column : new int[] {0, 7, 31}) {
            for (int channel = 0; channel < 3; channel++) {
              byte read = pixels[(row * 32 + column) * 3 + channel];
              assertEquals(value(file, image, channel, row, column), read);
            }
          }
        }
        assertEquals(3072, pixels.length);
      }
      assertThrows(IndexOutOfBoundsException.class, () -> source.label(2 * IMAGES));
    }
  }

  @Test
  void theFingerprintSeesLabelsAndPixels() throws IOException {
    byte[] changed = records(0);
    changed[3073 + 5] ^= 1;
    byte[] relabelled = records(0);
    relabelled[0] ^= 1;
    String first = fingerprint(records(0));
    assertEquals(first, fingerprint(records(0)));
    assertNotEquals(first, fingerprint(changed));
    assertNotEquals(first, fingerprint(relabelled));
  }

  @Test
  void truncatedAndOverlongFilesAreNamedWithTheirByteCounts() throws IOException {
    byte[] whole = records(0);
    for (int length : new int[] {0, 1, 3073, whole.length - 1}) {
      assertFails(
          write(whole, Arrays.copyOf(whole, length)),
          "%s: 3 records of 3073 bytes need 9219 bytes; the file has %s: it is truncated; fetch it"
                  .formatted(folder.resolve("1.bin"), length)
              + " again");
    }
    assertFails(write(Arrays.copyOf(whole, whole.length + 1)), "the file has 9220: it is damaged");
  }

  /** The length is known before memory is taken. */
  @Test
  void aHugeFileIsRefusedUnread() throws IOException {
    Path huge = folder.resolve("huge.bin");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertFails(new Cifar10DataSet(List.of(huge.toString()), IMAGES), "the file has 1099511627776");
  }

  @Test
  void labelsAboveNineAreRefused() throws IOException {
    byte[] bytes = records(0);
    bytes[2 * 3073] = 10;
    assertFails(write(bytes), "0.bin: labels are 0 to 9; record 2 (counted from 0) has 10");
    bytes[2 * 3073] = (byte) 255;
    assertFails(write(bytes), "record 2 (counted from 0) has 255");
  }

  @Test
  void findsThePublishedFilesInEitherFolder() throws IOException {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> Cifar10DataSet.train(files, folder.toString()));
    assertEquals(
        "%s: none of these files is there: data_batch_1.bin, cifar-10-batches-bin/data_batch_1.bin;"
                .formatted(folder)
            + " it holds nothing; convoy fetch cifar10 DIR fetches them",
        e.getMessage());
    Path below = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    Files.write(below.resolve("data_batch_1.bin"), new byte[3073]);
    Cifar10DataSet train = Cifar10DataSet.train(files, folder.toString());
    assertEquals(train.files(), Cifar10DataSet.train(files, below.toString()).files());
    assertEquals(5, train.files().size());
    assertTrue(train.files().get(4).endsWith("cifar-10-batches-bin/data_batch_5.bin"));
    assertFails(train, "10000 records of 3073 bytes need 30730000 bytes; the file has 3073");
    Files.write(below.resolve("data_batch_1.bin"), new byte[30_730_000]);
    assertFails(train, "data_batch_2.bin: no such file or folder");
    assertThrows(ConvoyException.class, () -> Cifar10DataSet.test(files, folder.toString()));
  }

  @Test
  void otherSetsAreCalledWhatTheyAre() throws IOException {
    assertFails(
        write(Arrays.copyOf(records(0), 2 * 3074)),
        "the file has 6148: it is as long as 2 records of CIFAR-100, which Convoy does not read");
    assertFails(write(new byte[] {(byte) 0x80, 3, 'x'}), "the file has 3: it is a Python pickle");
    assertFails(
        write("<!DOCTYPE html>".getBytes(StandardCharsets.US_ASCII)),
        "it is a page of the web or XML: an address may have answered with an error");
    Path python = Files.createDirectories(folder.resolve("cifar-10-batches-py"));
    assertNotFound(folder, "; it holds CIFAR-10's Python version; Convoy reads the binary one;");
    Files.createFile(python.resolve("data_batch_1"));
    assertNotFound(python, "; it holds CIFAR-10's Python version; Convoy reads the binary one;");
    Path hundred = Files.createDirectories(folder.resolve("cifar-100-binary"));
    assertNotFound(folder, "; it holds CIFAR-100, which Convoy does not read;");
    Files.createFile(hundred.resolve("fine_label_names.txt"));
    assertNotFound(hundred, "; it holds CIFAR-100, which Convoy does not read;");
    Path deep = Files.createDirectories(folder.resolve("above/data"));
    Files.createFile(deep.resolve("data_batch_1.bin"));
    assertNotFound(folder.resolve("above"), "it holds data; is " + deep + " meant?");
  }

  private void assertNotFound(Path place, String part) {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> Cifar10DataSet.train(files, place.toString()));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private void assertFails(Cifar10DataSet set, String part) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> set.open(files));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private String fingerprint(byte[] bytes) throws IOException {
    try (SampleSource source = write(bytes).open(files)) {
      return source.fingerprint();
    }
  }

  private Cifar10DataSet write(byte[]... contents) throws IOException {
    String[] paths = new String[contents.length];
    for (int i = 0; i < contents.length; i++) {
      paths[i] = Files.write(folder.resolve(i + ".bin"), contents[i]).toString();
    }
    return new Cifar10DataSet(List.of(paths), IMAGES);
  }

  private static int label(int file, int image) {
    return (9 - image - 4 * file) % 10;
  }

  private static byte value(int file, int image, int channel, int row, int column) {
    return (byte) (101 * file + 53 * image + 17 * channel + 5 * row + 3 * column);
  }

  private static byte[] records(int file) {
    byte[] bytes = new byte[IMAGES * 3073];
    int at = 0;
    for (int image = 0; image < IMAGES; image++) {
      bytes[at++] = (byte) label(file, image);
      for (int channel = 0; channel < 3; channel++) {
        for (int row = 0; row < 32; row++) {
          for (int column = 0; column < 32; column++) {
            bytes[at++] = value(file, image, channel, row, column);
          }
        }
      }
    }
    return bytes;
  }
}
