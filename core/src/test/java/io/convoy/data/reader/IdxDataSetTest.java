package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.ReadImages;
import io.convoy.data.RealData;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.augment.Standardization;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDataSetTest {
  private static final int HEIGHT = 3;
  private static final int WIDTH = 5;

  @TempDir Path folder;
  private final FileStore files = new LocalFiles();

  @Test
  void readsPlainAndGzipAlike() {
    byte[] images = idx(bytes(4 * HEIGHT * WIDTH), 4, HEIGHT, WIDTH);
    byte[] labels = idx(new byte[] {0, 3, 9, 1}, 4);
    IdxDataSet plain = write("train-images-idx3-ubyte", images, "train-labels-idx1-ubyte", labels);
    IdxDataSet zipped =
        write("train-images.idx3-ubyte.gz", gzip(images), "train-labels.idx1-ubyte", gzip(labels));
    try (SampleSource one = plain.open(files);
        SampleSource other = zipped.open(files)) {
      assertEquals(4, one.size());
      assertEquals(Optional.of(Shape.of(HEIGHT, WIDTH, 1)), one.commonShape());
      assertEquals(10, one.classes().size());
      assertEquals(9, one.label(2));
      byte[] expected = Arrays.copyOfRange(images, 16 + 2 * 15, 16 + 3 * 15);
      assertArrayEquals(expected, ReadImages.bytes(one, 2));
      assertArrayEquals(expected, ReadImages.bytes(other, 2));
      assertEquals(one.fingerprint(), other.fingerprint());
    }
  }

  @Test
  void readsColourAndManyClasses() {
    byte[] images = idx(bytes(2 * HEIGHT * WIDTH * 3), 2, HEIGHT, WIDTH, 3);
    IdxDataSet dataSet = write("i", images, "l", idx(new byte[] {0, (byte) 200}, 2));
    try (SampleSource source = dataSet.open(files)) {
      assertEquals(Optional.of(Shape.of(HEIGHT, WIDTH, 3)), source.commonShape());
      assertEquals(201, source.classes().size());
      assertEquals(200, source.label(1));
    }
  }

  /** The highest label tells how many classes there are: two are two. */
  @Test
  void twoClassesAreTwo() {
    byte[] images = idx(bytes(4 * 15), 4, HEIGHT, WIDTH);
    try (SampleSource two = write("i", images, "l", idx(new byte[] {0, 1, 1, 0}, 4)).open(files)) {
      assertEquals(List.of("0", "1"), two.classes());
    }
  }

  @Test
  void aTestSetMayLackTheLastClassesButHasNoOthers() {
    byte[] images = idx(bytes(4 * 15), 4, HEIGHT, WIDTH);
    try (SampleSource three = write("i", images, "l", idx(new byte[] {0, 1, 2, 0}, 4)).open(files);
        SampleSource two = write("j", images, "m", idx(new byte[] {0, 1, 1, 0}, 4)).open(files)) {
      two.requireComparableTo(three);
      ConvoyException e = assertThrows(ConvoyException.class, () -> three.requireComparableTo(two));
      assertTrue(
          e.getMessage().contains("class 2 is \"2\" in the test set and \"none\" in the"),
          e.getMessage());
      assertTrue(e.getMessage().contains("label 2 is that of sample 2"), e.getMessage());
    }
  }

  @Test
  void theVersionSeesSizesAndTimes() throws IOException {
    byte[] images = idx(bytes(4 * 15), 4, HEIGHT, WIDTH);
    IdxDataSet set = write("i", images, "l", idx(new byte[4], 4));
    String first = set.version(files);
    assertEquals(first, set.version(files));
    Files.setLastModifiedTime(folder.resolve("l"), FileTime.fromMillis(1_000_000));
    String touched = set.version(files);
    assertNotEquals(first, touched);
    Files.write(folder.resolve("i"), new byte[1]);
    assertNotEquals(touched, set.version(files));
  }

  @Test
  void theFingerprintSeesEveryPart() {
    byte[] pixels = bytes(2 * 15);
    String first = fingerprint(idx(pixels, 2, 3, 5), idx(new byte[] {0, 1}, 2), List.of());
    assertEquals(64, first.length());
    assertNotEquals(first, fingerprint(idx(pixels, 2, 5, 3), idx(new byte[] {0, 1}, 2), List.of()));
    assertNotEquals(first, fingerprint(idx(pixels, 2, 3, 5), idx(new byte[] {0, 2}, 2), List.of()));
    assertNotEquals(
        first, fingerprint(idx(pixels, 2, 3, 5), idx(new byte[] {0, 1}, 2), List.of("a", "b")));
    byte[] altered = pixels.clone();
    altered[29]++;
    assertNotEquals(
        first, fingerprint(idx(altered, 2, 3, 5), idx(new byte[] {0, 1}, 2), List.of()));
  }

  @Test
  void aTruncatedFileIsNamedWithItsByteCounts() {
    byte[] images = idx(bytes(4 * 15), 4, HEIGHT, WIDTH);
    byte[] labels = idx(new byte[4], 4);
    byte[] cut = Arrays.copyOf(images, 50);
    String rule = "4 images of 3x5 need 76 bytes; %s 50: it is truncated; fetch it again";
    assertFails(
        write("plain", cut, "l", labels), "plain: " + rule.formatted("the file ends after"));
    assertFails(
        write("whole.gz", gzip(cut), "l", labels),
        "whole.gz: " + rule.formatted("its gzip data unpack to"));
    assertFails(
        write("i", images, "l", idx(new byte[3], 4)),
        "l: 4 labels need 12 bytes; the file ends after 11: it is truncated");
  }

  @Test
  void everyTruncationOfAGzipFileIsAnError() {
    byte[] whole = gzip(idx(bytes(4 * 15), 4, HEIGHT, WIDTH));
    byte[] labels = idx(new byte[4], 4);
    for (int length = 0; length < whole.length; length++) {
      IdxDataSet dataSet = write("cut.gz", Arrays.copyOf(whole, length), "l", labels);
      ConvoyException e = assertThrows(ConvoyException.class, () -> dataSet.open(files));
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      assertTrue(e.getMessage().contains("cut.gz"), e.getMessage());
    }
  }

  @Test
  void aFlippedBitInGzipDataIsAnError() {
    byte[] whole = gzip(idx(bytes(4 * 15), 4, HEIGHT, WIDTH));
    whole[whole.length - 5] ^= 1;
    assertFails(write("bad.gz", whole, "l", idx(new byte[4], 4)), "bad.gz: damaged gzip data");
  }

  @Test
  void aFileThatGoesOnIsAnError() {
    byte[] images = idx(bytes(4 * 15 + 1), 4, HEIGHT, WIDTH);
    byte[] labels = idx(new byte[4], 4);
    assertFails(write("i", images, "l", labels), "need 76 bytes; the file has 77: it is damaged");
    assertFails(
        write("i.gz", gzip(images), "l", labels), "need 76 bytes; the file goes on: it is damaged");
  }

  @Test
  void aHeaderThatClaimsTooMuchTakesNoMemory() {
    byte[] labels = idx(new byte[4], 4);
    byte[] claims = idx(new byte[0], 40_000, 200, 200);
    assertFails(write("i", claims, "l", labels), "need 1600000016 bytes; the file ends after 16");
    assertFails(write("i.gz", gzip(claims), "l", labels), "more than gzip can hold in a file of");
    byte[] overflow = idx(new byte[0], 1 << 30, 1 << 30, 1 << 30);
    assertFails(write("i", overflow, "l", labels), "are more than the 2147483583 bytes");
  }

  @Test
  void aWrongHeaderIsAnError() {
    byte[] labels = idx(new byte[4], 4);
    assertFails(
        write("i", labels, "l", labels),
        "i: images in IDX format begin with the bytes 0 0 8 and their rank (3 or 4); the file"
            + " begins with 0 0 8 1");
    assertFails(write("i", new byte[0], "l", labels), "begins with nothing (it is empty)");
    assertFails(
        write("i", "PK".getBytes(StandardCharsets.US_ASCII), "l", labels),
        "begins with 80 75: is it the right file?");
    assertFails(
        write("i", "PK\3\4 and more".getBytes(StandardCharsets.US_ASCII), "l", labels),
        "begins with 80 75 3 4: it is a ZIP archive: unpack it");
    assertFails(
        write("i", new byte[] {0, 0, 0x0D, 3, 0, 0, 0, 4}, "l", labels),
        "the file begins with 0 0 13 3: it holds 32-bit floating-point numbers, where Convoy reads"
            + " unsigned bytes: convert them");
    assertFails(
        write("i", idx(new byte[0], 4, 0, 5), "l", labels),
        "every extent is at least 1; the header says [4, 0, 5]");
    assertFails(write("i", idx(new byte[0], -1, 3, 5), "l", labels), "[-1, 3, 5]");
    assertFails(
        write("i", Arrays.copyOf(idx(new byte[0], 4, 3, 5), 9), "l", labels),
        "the header needs 16 bytes; the file ends after 9");
  }

  @Test
  void imagesAndLabelsMustAgree() {
    byte[] images = idx(bytes(4 * 15), 4, HEIGHT, WIDTH);
    assertFails(
        write("i", images, "l", idx(new byte[3], 3)), "holds 4 images but ", "holds 3 labels");
    IdxDataSet named = write("i", images, "l", idx(new byte[] {0, 1, 2, 0}, 4));
    assertFails(
        named.withClasses(List.of("a", "b")),
        "label 2 of sample 2 (counted from 0) is out of range: 2 classes are named, so labels are 0"
            + " to 1");
  }

  @Test
  void missingFilesAreListed() {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> IdxDataSet.test(files, folder.toString()));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(
        e.getMessage()
            .startsWith(
                folder
                    + ": none of these files is there: t10k-images-idx3-ubyte,"
                    + " t10k-images-idx3-ubyte.gz, t10k-images.idx3-ubyte,"),
        e.getMessage());
    IdxDataSet nowhere = new IdxDataSet(folder + "/none", folder + "/none", List.of());
    assertFails(nowhere, "/none: no such file or folder");
  }

  @Test
  void findsTheUsualNames() {
    write("train-images.idx3-ubyte", new byte[1], "train-labels-idx1-ubyte.gz", new byte[1]);
    IdxDataSet found = IdxDataSet.train(files, folder.toString());
    assertTrue(found.images().endsWith("train-images.idx3-ubyte"));
    assertTrue(found.labels().endsWith("train-labels-idx1-ubyte.gz"));
  }

  @Test
  void aFailingDiskIsNotTakenForDamage() {
    byte[] images = gzip(idx(bytes(4 * 15), 4, HEIGHT, WIDTH));
    IdxDataSet dataSet = write("i.gz", images, "l", idx(new byte[4], 4));
    FileStore broken = new BrokenFiles(20);
    ConvoyException e = assertThrows(ConvoyException.class, () -> dataSet.open(broken));
    assertEquals(ConvoyException.Kind.RESOURCE, e.kind());
    assertTrue(e.getMessage().contains("i.gz: cannot be read (IOException: the disk is gone)"));
  }

  @Test
  @SuppressWarnings("BanSerializableRead") // reads back what the test itself has written
  void travelsBySerialization() throws IOException, ClassNotFoundException {
    IdxDataSet dataSet = new IdxDataSet("i", "l", List.of("a", "b"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(dataSet);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(dataSet, in.readObject());
    }
  }

  @Test
  @Tag("data")
  void fashionMnistHasItsPublishedStatistics() {
    String real = RealData.folder("fashion-mnist").toString();
    try (SampleSource train = IdxDataSet.train(files, real).open(files);
        SampleSource test = IdxDataSet.test(files, real).open(files)) {
      assertEquals(60_000, train.size());
      assertEquals(10_000, test.size());
      test.requireComparableTo(train);
      StandardScore standardization = Standardization.of(train);
      assertEquals(0.28604, standardization.mean()[0], 0.000005);
      assertEquals(0.35302, standardization.deviation()[0], 0.000005);
    }
  }

  private String fingerprint(byte[] images, byte[] labels, List<String> classes) {
    try (SampleSource source = write("i", images, "l", labels).withClasses(classes).open(files)) {
      return source.fingerprint();
    }
  }

  private void assertFails(IdxDataSet dataSet, String... parts) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> dataSet.open(files));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  private IdxDataSet write(String images, byte[] imageBytes, String labels, byte[] labelBytes) {
    try {
      Files.write(folder.resolve(images), imageBytes);
      Files.write(folder.resolve(labels), labelBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new IdxDataSet(folder + "/" + images, folder + "/" + labels, List.of());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * i + 7);
    }
    return bytes;
  }

  private static byte[] idx(byte[] data, int... extents) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * extents.length + data.length);
    file.put(new byte[] {0, 0, 8, (byte) extents.length});
    for (int extent : extents) {
      file.putInt(extent);
    }
    return file.put(data).array();
  }

  private static byte[] gzip(byte[] data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
