package io.convoy.pack.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.FileDataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.GroupedSource;
import io.convoy.data.LocalFiles;
import io.convoy.data.PackedOrder;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.examine.Examination;
import io.convoy.data.examine.ExaminationListener;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.examine.ExaminedSet;
import io.convoy.data.examine.LookHere;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.Pack;
import io.convoy.data.reader.Reading;
import io.convoy.data.reader.Table;
import io.convoy.error.ConvoyException;
import io.convoy.pack.PackDataSet;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables in Parquet that hold the images themselves. */
@ExtendWith(PackSession.class)
final class HeldImagesTest {
  private static final StructType PLAIN =
      new StructType().add("content", "binary").add("label", "string").add("path", "string");
  private static final Reading RGB = Reading.of(3);

  @TempDir private Path folder;
  private final LocalFiles files = new LocalFiles();

  private Path write(JavaSparkContext spark, List<Row> rows, StructType schema, String name) {
    Path table = folder.resolve(name);
    PackSession.sql(spark)
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .option("parquet.block.row.count.limit", 17)
        .parquet(table.toString());
    return table;
  }

  private static List<Row> rows(TreeMap<String, byte[]> images) {
    return images.entrySet().stream()
        .map(one -> RowFactory.create(one.getValue(), PackSets.label(one.getKey()), one.getKey()))
        .toList();
  }

  private FileDataSet set(Path table) {
    return (FileDataSet) new Table().training(files, table.toString(), RGB).ofAnySize();
  }

  private ExaminedSet examine(FileDataSet set) {
    return new Examination(
            files, new ExaminedFiles(), new LookHere(files, 3), ExaminationListener.NONE)
        .of("training set", set);
  }

  @Test
  void rowsAreTheImagesAndTheirLabels(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = PackSets.draw(folder.resolve("set"), 120, false);
    Path table = write(spark, rows(images), PLAIN, "train.parquet");
    try (SampleSource source = set(table).open(files);
        ImageDecoder decoder = new ImageDecoder()) {
      assertEquals(PackSets.CLASSES, source.classes());
      assertEquals(images.size(), source.size());
      assertTrue(source.rowGroups().count() > 4, "groups: " + source.rowGroups().count());
      assertEquals(
          List.of(
              table + ": its column content holds the images",
              table
                  + ": 6 of its 8 row groups hold one class only; training mixes the rows of a few"
                  + " groups, so that mini-batches may lack classes: shuffle the table's rows, or"
                  + " pack it by convoy pack, which does"),
          notes(source));
      Pixels expected = new Pixels();
      Pixels found = new Pixels();
      List<String> names = List.copyOf(images.keySet());
      int[] strewn = IntStream.range(0, names.size()).filter(row -> row % 9 == 4).toArray();
      for (int[] rows : List.of(IntStream.range(0, names.size()).toArray(), strewn)) {
        for (int row : rows) {
          try (SampleWindow window = source.open(new int[] {row})) {
            window.read(row, Framing.STORED, found);
          }
          decoder.decode(images.get(names.get(row)), "", 3, Framing.STORED, expected);
          assertEquals(expected.shape(), found.shape());
          assertArrayEquals(
              Arrays.copyOf(expected.bytes(), expected.shape().elements()),
              Arrays.copyOf(found.bytes(), found.shape().elements()));
          assertEquals(PackSets.label(names.get(row)), source.classes().get(source.label(row)));
        }
      }
      assertTrue(((GroupedSource) source).groupsInMemory() <= GroupedSource.IDLE);
    }
  }

  /** Without where they stand. */
  private static List<String> notes(SampleSource source) {
    return source.leftOut().stream().filter(note -> !note.contains("test set")).toList();
  }

  @Test
  void examinedOrNotTheFingerprintIsOne(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = PackSets.draw(folder.resolve("set"), 60, false);
    FileDataSet set = set(write(spark, rows(images), PLAIN, "a.parquet"));
    FileDigests known = examine(set).digests();
    assertEquals(60, known.count());
    String fingerprint = fingerprint(set, FileDigests.NONE);
    assertEquals(fingerprint, fingerprint(set, known));
    images.put(images.lastKey(), images.firstEntry().getValue());
    FileDataSet other = set(write(spark, rows(images), PLAIN, "b.parquet"));
    assertNotEquals(fingerprint, fingerprint(other, FileDigests.NONE));
    // a row that is another one than it was
    try (SampleSource source = other.open(files, known)) {
      ConvoyException e =
          assertThrows(ConvoyException.class, () -> source.open(new int[] {59}).close());
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      assertTrue(e.getMessage().contains("holds another image than when it was examined"));
    }
  }

  private String fingerprint(FileDataSet set, FileDigests known) {
    try (SampleSource source = set.open(files, known)) {
      return source.fingerprint();
    }
  }

  @Test
  void damagedAndMissingImagesAreNamedAndLeftOut(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = PackSets.draw(folder.resolve("set"), 50, false);
    images.put("plum/20.png", new byte[] {1, 2, 3});
    List<Row> rows = new ArrayList<>(rows(images));
    rows.add(RowFactory.create(null, "apple", "apple/none.png"));
    FileDataSet set = set(write(spark, rows, PLAIN, "train.parquet"));
    ExaminedSet examined = examine(set);
    assertEquals(List.of("plum/20.png", "apple/none.png"), examined.damaged());
    assertEquals(2, examined.rejected().size());
    assertTrue(
        examined.rejected().get(1).path().matches(".*\\.parquet: row \\d+ of row group \\d+ .*"),
        examined.rejected().get(1).path());
    try (SampleSource source = set.open(files, examined.digests())) {
      assertEquals(rows.size() - 2, source.size());
      Pixels pixels = new Pixels();
      for (int row = 0; row < source.size(); row++) {
        try (SampleWindow window = source.open(new int[] {row})) {
          window.read(row, Framing.STORED, pixels);
        }
      }
      assertTrue(String.join("\n", source.leftOut()).contains("left out 2 as damaged"));
    }
  }

  @Test
  void imagesInStructuresAreFoundAndNamedByTheirRows(JavaSparkContext spark) throws IOException {
    StructType inner = new StructType().add("bytes", "binary").add("path", "string");
    StructType schema = new StructType().add("image", inner).add("label", "long");
    TreeMap<String, byte[]> images = PackSets.draw(folder.resolve("set"), 20, true);
    List<Row> rows = new ArrayList<>();
    for (byte[] image : images.values()) {
      rows.add(RowFactory.create(RowFactory.create(image, null), (long) rows.size() % 3 + 9));
    }
    FileDataSet set = set(write(spark, rows, schema, "train.parquet"));
    assertEquals("row 3", set.images(files).get(2).name());
    try (SampleSource source = set.open(files)) {
      assertEquals(
          List.of("row 3 (%s)".formatted(source.describe(2))), source.names(new int[] {2}));
      assertEquals(List.of("9", "10", "11"), source.classes());
    }
    Reading named = new Reading(3, List.of("no", "maybe", "yes"), null, null, null);
    ConvoyException e =
        assertThrows(
            ConvoyException.class,
            () -> new Table().training(files, folder + "/train.parquet", named).open(files));
    assertEquals(ConvoyException.Kind.DATA, e.kind(), "9 is no number of three classes");
  }

  @Test
  void imagesOfOneSizeNeedNoOther(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = PackSets.draw(folder.resolve("set"), 20, true);
    Path table = write(spark, rows(images), PLAIN, "train.parquet");
    FileDataSet set = (FileDataSet) new Table().training(files, table.toString(), RGB);
    try (SampleSource source = set.open(files)) {
      assertEquals("[24, 31, 3]", Arrays.toString(source.commonShape().orElseThrow().toArray()));
    }
    ConvoyException e =
        assertThrows(
            ConvoyException.class, () -> set.inOrderOf(new PackedOrder(0, 1 << 16)).open(files));
    assertTrue(
        e.getMessage().startsWith("data.order: pack is an order of files; "), e.getMessage());
    assertTrue(new Table().windowMemory(files, table.toString(), 1) > 20_000, "of 2 kB each");
    Shape shape = Shape.of(24, 31, 3);
    assertEquals(20 * 24 * 31 * 3, new Table().memory(files, table.toString(), RGB, shape));
  }

  @Test
  void whatIsSmallAndOfOneSizeIsDecodedOnce(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = PackSets.draw(folder.resolve("set"), 70, true);
    Path table = write(spark, rows(images), PLAIN, "train.parquet");
    Path pack = folder.resolve("pack");
    PackSets.pack(spark, folder.resolve("set"), pack);
    assertEquals(
        70 * 24 * 31 * 3, new Pack().memory(files, pack.toString(), RGB, Shape.of(24, 31, 3)));
    DataSet kept = new Table().training(files, table.toString(), RGB);
    for (DataSet set : List.of(kept, new PackDataSet(pack.toString(), 3))) {
      try (SampleSource source = set.open(files);
          SampleSource decoding = set.ofAnySize().open(files)) {
        List<byte[]> first = pixels(source);
        assertEquals(pixels(decoding).size(), first.size());
        assertTrue(source.isDecoded(0) && source.isDecoded(69));
        assertFalse(decoding.isDecoded(0));
        assertEquals(69, source.names(IntStream.range(1, 70).toArray()).size());
        delete(table);
        delete(pack);
        List<byte[]> second = pixels(source);
        for (int row = 0; row < first.size(); row++) {
          assertArrayEquals(first.get(row), second.get(row));
        }
        if (set == kept) {
          assertThrows(ConvoyException.class, () -> pixels(decoding), "its files are away");
        }
      }
      write(spark, rows(images), PLAIN, "train.parquet");
      PackSets.pack(spark, folder.resolve("set"), pack);
    }
  }

  private static void delete(Path set) throws IOException {
    try (Stream<Path> paths = Files.walk(set)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** All images, read by windows of half of them. */
  private static List<byte[]> pixels(SampleSource source) {
    List<byte[]> images = new ArrayList<>();
    Pixels pixels = new Pixels();
    int half = source.size() / 2;
    for (int from = 0; from < source.size(); from += half) {
      int[] rows = IntStream.range(from, Math.min(from + half, source.size())).toArray();
      try (SampleWindow window = source.open(rows)) {
        for (int row : rows) {
          window.read(row, Framing.STORED, pixels);
          images.add(Arrays.copyOf(pixels.bytes(), pixels.shape().elements()));
        }
      }
    }
    return images;
  }

  @Test
  void ofSeveralColumnsOfBytesTheUsualNameCounts(JavaSparkContext spark) throws IOException {
    byte[] image = PackSets.draw(folder.resolve("set"), 1, true).firstEntry().getValue();
    StructType usual =
        new StructType().add("thumb", "binary").add("Image", "binary").add("label", "int");
    Path table = write(spark, List.of(RowFactory.create(null, image, 1)), usual, "usual.parquet");
    assertEquals(1, examine(set(table)).digests().whole().count());
    StructType unusual =
        new StructType().add("thumb", "binary").add("full", "binary").add("label", "int");
    Path other = write(spark, List.of(RowFactory.create(null, image, 1)), unusual, "two.parquet");
    ConvoyException e = assertThrows(ConvoyException.class, () -> set(other).open(files));
    assertEquals(
        other + ": the columns thumb and full both hold bytes: call the one of the images image",
        e.getMessage());
  }

  @Test
  void damagedTablesEndInOneError(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = PackSets.draw(folder.resolve("set"), 40, false);
    Path table = write(spark, rows(images), PLAIN, "whole.parquet");
    byte[] whole;
    try (Stream<Path> parts = Files.list(table)) {
      whole =
          Files.readAllBytes(
              parts.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
    Path damaged = folder.resolve("damaged.parquet");
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      byte[] changed = whole.clone();
      // most of it is images; what lies behind them is the footer
      int from = round % 2 == 0 ? 0 : whole.length - whole.length / 5;
      changed[from + random.nextInt(whole.length - from)] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, changed);
      try {
        fingerprint(set(damaged), FileDigests.NONE);
      } catch (ConvoyException e) {
        assertEquals(ConvoyException.Kind.DATA, e.kind());
      }
    }
  }
}
