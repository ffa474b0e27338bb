package io.convoy.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.GroupedSource;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.Pack;
import io.convoy.data.reader.Reading;
import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackDataSetTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  private final FileStore files = new LocalFiles();
  @TempDir Path folder;
  private PackDataSet set;

  private static PackedImage image(int number) {
    return new PackedImage(DrawnImages.png(number, 9, 8), number % 3, "x/" + number + ".png", 9, 8);
  }

  private static List<PackedImage> images(int from, int to) {
    List<PackedImage> images = new ArrayList<>();
    for (int i = from; i < to; i++) {
      images.add(image(i));
    }
    return images;
  }

  @BeforeEach
  void write() {
    WrittenPack.write(folder, CLASSES, 1 << 10, 3, List.of(images(0, 10), images(10, 13)));
    set = new PackDataSet(folder.toString(), 3);
  }

  private ConvoyException refused() {
    ConvoyException e = assertThrows(ConvoyException.class, () -> set.open(files).close());
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    return e;
  }

  private void edit(String from, String to) throws IOException {
    Path json = folder.resolve("dataset.json");
    String text = Files.readString(json);
    assertTrue(text.contains(from), text);
    Files.writeString(json, text.replace(from, to));
  }

  @Test
  void windowsShareTheGroupsAtTheirBorders() {
    try (PackSource source = (PackSource) set.open(files)) {
      assertEquals(3, source.rowGroups().window());
      int middle = source.rowGroups().start(1); // in the middle of the windows below
      SampleWindow first = source.open(new int[] {middle - 1, middle});
      assertEquals(2, source.groupsInMemory());
      SampleWindow second = source.open(new int[] {middle + 1});
      assertEquals(2, source.groupsInMemory());
      first.close();
      first.close();
      assertEquals(new ClassLabel((middle + 1) % 3), second.target(middle + 1));
      second.read(middle + 1, Framing.STORED, new Pixels());
      second.close();
      assertEquals(GroupedSource.IDLE, source.groupsInMemory());
      for (int row = 0; row < source.size(); row++) {
        source.open(new int[] {row}).close();
        assertTrue(source.groupsInMemory() <= GroupedSource.IDLE);
      }
    }
  }

  @Test
  void strewnRowsAreCopiedOutOfTheirGroups() {
    try (PackSource source = (PackSource) set.open(files)) {
      int groups = source.rowGroups().count();
      assertTrue(groups > 4, () -> groups + " row groups");
      int[] rows = IntStream.range(0, groups).map(source.rowGroups()::start).toArray();
      try (SampleWindow window = source.open(rows)) {
        assertTrue(source.groupsInMemory() <= GroupedSource.IDLE, "no group is held");
        Pixels strewn = new Pixels();
        Pixels whole = new Pixels();
        for (int row : rows) {
          window.read(row, Framing.STORED, strewn);
          try (SampleWindow alone = source.open(new int[] {row})) {
            alone.read(row, Framing.STORED, whole);
            assertEquals(alone.target(row), window.target(row));
          }
          assertEquals(whole.shape(), strewn.shape());
          assertArrayEquals(whole.bytes(), strewn.bytes());
        }
      }
    }
  }

  @Test
  void hadoopsFilesGiveTheSame() {
    try (SampleSource local = set.open(files);
        SampleSource hadoop = set.open(new io.convoy.storage.HadoopFiles(new Configuration()))) {
      assertEquals(local.fingerprint(), hadoop.fingerprint());
      try (SampleWindow window = hadoop.open(new int[] {11, 12})) {
        Pixels pixels = new Pixels();
        window.read(12, Framing.STORED, pixels);
        assertEquals(
            Arrays.toString(DrawnImages.pixels(12, 9, 8)),
            Arrays.toString(Arrays.copyOf(pixels.bytes(), 216)));
      }
      assertEquals(1, hadoop.label(10));
      assertEquals(
          "row 1 of row group 0 of %s/part-00001.parquet (both counted from 0)".formatted(folder),
          hadoop.describe(11));
    }
  }

  @Test
  void theFingerprintIsOfContentsGroupsAndWindow() {
    String before = set.open(files).fingerprint();
    assertNotEquals(before, new PackDataSet(folder.toString(), 1).open(files).fingerprint());
    List<List<PackedImage>> one = List.of(images(0, 13));
    WrittenPack.write(folder.resolve("w3"), CLASSES, 1 << 10, 3, one);
    WrittenPack.write(folder.resolve("w4"), CLASSES, 1 << 10, 4, one);
    WrittenPack.write(folder.resolve("g"), CLASSES, 1 << 11, 3, one);
    List<String> all = new ArrayList<>(List.of(before));
    for (String name : List.of("w3", "w4", "g")) {
      all.add(new PackDataSet(folder.resolve(name).toString(), 3).open(files).fingerprint());
    }
    assertEquals(4, all.stream().distinct().count());
  }

  @Test
  void aFlippedByteIsOneErrorThatNamesTheGroup() throws IOException {
    Path file = folder.resolve("part-00000.parquet");
    byte[] bytes = Files.readAllBytes(file);
    bytes[300] ^= 4;
    Files.write(file, bytes);
    try (SampleSource source = set.open(files)) {
      ConvoyException e =
          assertThrows(ConvoyException.class, () -> source.open(new int[] {0}).close());
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      String start = file + ": row group 0 (counted from 0) is damaged (its SHA-256 is ";
      assertTrue(e.getMessage().startsWith(start), e.getMessage());
      assertThrows(ConvoyException.class, () -> source.open(new int[] {0}).close());
      source.open(new int[] {12}).close();
      assertEquals(
          GroupedSource.IDLE, ((PackSource) source).groupsInMemory(), "1 bad, 1 good: 2 idle");
    }
  }

  @Test
  void aFileOfAnotherLengthIsRefusedBeforeItIsRead() throws IOException {
    Path file = folder.resolve("part-00001.parquet");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 7));
    assertEquals(
        "%s: the set's dataset.json says %s bytes; the file has %s: copy the set again, or pack it again"
            .formatted(file, bytes.length, bytes.length - 7),
        refused().getMessage());
    Files.delete(file);
    assertEquals(
        "%s: the set's dataset.json says %s bytes; there is no such file: copy the set again, or pack it again"
            .formatted(file, bytes.length),
        refused().getMessage());
  }

  @Test
  void anotherVersionOfTheFormatIsTold() throws IOException {
    edit("\"format\" : 1,", "\"format\" : 3, \"colours\" : [7],");
    assertEquals(
        "%s/dataset.json: the set has version 3 of the format, this Convoy reads 1 and 2: read it by the Convoy that packed it, or pack it again"
            .formatted(folder),
        refused().getMessage());
  }

  @Test
  void aDescriptionThatWasChangedIsRefused() throws IOException {
    edit("\"window\" : 3", "\"window\" : 4");
    assertTrue(refused().getMessage().contains("its fingerprint is not that of"));
    edit("\"window\" : 4", "\"window\" : 3");
    set.open(files).close();
    edit("\"images\" : 13", "\"images\" : 12");
    assertTrue(refused().getMessage().contains("got 12, 13 and 13"), refused().getMessage());
    edit("\"images\" : 12", "\"images\" : 13");
    edit("part-00001.parquet", "../part-1.parquet");
    assertTrue(refused().getMessage().contains("files are named part-NNNNN.parquet"));
  }

  @Test
  void labelsAreHeldAgainstTheCounts() throws IOException {
    edit("[ 5, 4, 4 ]", "[ 4, 5, 4 ]");
    try (SampleSource source = set.open(files)) {
      ConvoyException e = assertThrows(ConvoyException.class, () -> source.label(0));
      assertTrue(
          e.getMessage()
              .contains("(images by class: [5, 4, 4]; there, images by class: [4, 5, 4])"),
          e.getMessage());
    }
  }

  @Test
  void aFlippedLabelIsOneErrorThatNamesTheFile() throws IOException {
    Path labels = folder.resolve("labels.bin");
    byte[] bytes = Files.readAllBytes(labels);
    assertEquals(13, bytes.length);
    bytes[4] ^= 1;
    Files.write(labels, bytes);
    try (SampleSource source = set.open(files)) {
      ConvoyException e = assertThrows(ConvoyException.class, () -> source.label(0));
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      assertTrue(e.getMessage().startsWith(labels + ": its SHA-256 is "), e.getMessage());
    }
    Files.write(labels, new byte[12]);
    ConvoyException e = assertThrows(ConvoyException.class, () -> set.open(files));
    assertEquals(
        labels
            + ": the set's dataset.json says 13 bytes; the file has 12: copy the set again, or pack"
            + " it again",
        e.getMessage());
  }

  /** Two bytes a row, the lowest first. */
  @Test
  void labelsOfManyClassesTakeMoreBytes() {
    assertEquals(1, PackedLabels.width(1));
    assertEquals(1, PackedLabels.width(256));
    assertEquals(2, PackedLabels.width(257));
    assertEquals(2, PackedLabels.width(65_536));
    assertEquals(3, PackedLabels.width(65_537));
    int[] labels = {0, 255, 256, 299};
    byte[] bytes = PackedLabels.bytes(labels, 300);
    assertArrayEquals(new byte[] {0, 0, -1, 0, 0, 1, 43, 1}, bytes);
    PackedLabels read = new PackedLabels(bytes, 2);
    assertEquals(4, read.count());
    for (int row = 0; row < labels.length; row++) {
      assertEquals(labels[row], read.label(row));
    }
  }

  @Test
  void aTestSetTakesTheClassesOfItsTrainingSet() {
    try (SampleSource source = set.labelledAs(List.of("c", "z", "b", "a")).open(files)) {
      assertEquals(List.of("c", "z", "b", "a"), source.classes());
      assertEquals(3, source.label(0));
      assertEquals(0, source.label(2));
    }
    DataSet other = set.labelledAs(List.of("a", "b"));
    ConvoyException e = assertThrows(ConvoyException.class, () -> other.open(files));
    assertEquals(
        folder
            + ": the test set's classes must be the training set's; it has \"c\", which is none of"
            + " these 2: pack both with the same classes",
        e.getMessage());
  }

  @Test
  void theFormatFindsTheReader() throws IOException {
    Pack format = new Pack();
    assertEquals(set, format.training(files, folder.toString(), Reading.of(3)));
    Path both = folder.resolve("both");
    WrittenPack.write(both.resolve("train"), CLASSES, 1 << 10, 3, List.of(images(0, 6)));
    WrittenPack.write(both.resolve("test"), CLASSES, 1 << 10, 3, List.of(images(6, 9)));
    assertEquals(
        new PackDataSet(both + "/train", 1),
        format.training(files, both.toString(), Reading.of(1)));
    assertEquals(
        Optional.of(new PackDataSet(both + "/test", 1)),
        format.test(files, both.toString(), Reading.of(1)));
    assertTrue(format.isIn(files, both.toString()));
    format.requireFiles(files, both.toString());
    String version = set.version(files);
    Files.write(folder.resolve("part-00001.parquet"), new byte[4]);
    assertNotEquals(version, set.version(files));
    PackDescription description = PackDescription.read(files, folder.toString());
    assertTrue(description.largestGroup() > 200 && description.largestGroup() < 1500);
    assertEquals(description.bytes(), format.windowMemory(files, folder.toString(), 8));
    Shape image = Shape.of(9, 8, 1);
    assertEquals(
        0,
        format.memory(files, folder.toString(), Reading.of(1), image),
        "it does not say that all have one size");
  }
}
