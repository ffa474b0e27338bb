package io.convoy.pack.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.error.ConvoyException;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import io.convoy.targets.ClassLabel;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PackSession.class)
final class PackJobTest {
  private static final List<String> CLASSES = List.of("apple", "pear é", "plum");
  private static final PackOptions SMALL =
      new PackOptions(7, 1 << 16, List.of(), PackOptions.Damaged.REFUSE, 0.5);

  @TempDir Path folder;

  /** So many PNG images in class folders, by their names. */
  private TreeMap<String, byte[]> draw(Path set, int count, boolean oneSize) throws IOException {
    TreeMap<String, byte[]> images = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      byte[] image =
          oneSize
              ? DrawnImages.png(i, 24, 31)
              : DrawnImages.png(i, 1 + i * 7 % 41, 1 + i * 11 % 29);
      String name = CLASSES.get(i % CLASSES.size()) + "/" + i + ".png";
      images.put(name, image);
      Path file = set.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, image);
    }
    return images;
  }

  private static PackSummary pack(JavaSparkContext spark, Path source, Path out) {
    return pack(spark, source, out, SMALL);
  }

  private static PackSummary pack(
      JavaSparkContext spark, Path source, Path out, PackOptions options) {
    return ImagePack.pack(
        spark, source.toString(), out.toString(), null, options, PackListener.NONE);
  }

  private static String key(long seed, String path) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.allocate(8).putLong(seed).array());
    digest.update(path.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  @Test
  void largeImagesAreMadeSmaller(JavaSparkContext spark) throws Exception {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 60, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"), SMALL.withResized(10, 80));
    TreeMap<String, String> byKey = new TreeMap<>();
    for (String path : images.keySet()) {
      byKey.put(key(7, path), path);
    }
    int resized = 0;
    PackDataSet set = new PackDataSet(folder.resolve("out").toString(), 3);
    try (SampleSource source = set.open(new LocalFiles());
        SampleWindow window = source.open(IntStream.range(0, 60).toArray())) {
      Pixels pixels = new Pixels();
      int row = 0;
      for (String path : byKey.values()) {
        int number = Integer.parseInt(path.replaceAll(".*/|\\.png", ""));
        int height = 1 + number * 7 % 41;
        int width = 1 + number * 11 % 29;
        int least = Math.min(height, width);
        window.read(row++, Framing.STORED, pixels);
        if (least <= 10) {
          assertEquals(Shape.of(height, width, 3), pixels.shape());
          assertArrayEquals(
              DrawnImages.pixels(number, height, width),
              Arrays.copyOf(pixels.bytes(), pixels.shape().elements()));
        } else {
          resized++;
          assertEquals(Shape.of(height * 10 / least, width * 10 / least, 3), pixels.shape(), path);
        }
      }
    }
    assertTrue(resized > 20 && resized < 50, resized + " were resized");
  }

  @Test
  void everyImageIsThereInTheOrderOfItsKey(JavaSparkContext spark) throws Exception {
    TreeMap<String, byte[]> images = draw(folder.resolve("in/train"), 100, false);
    draw(folder.resolve("in/test"), 7, false);
    PackSummary summary = pack(spark, folder.resolve("in"), folder.resolve("out"));
    assertEquals(List.of("train", "test"), summary.sets().stream().map(s -> s.name()).toList());
    assertEquals(100, summary.sets().get(0).images());
    assertEquals(2, summary.sets().get(0).files());
    List<String> expected = new ArrayList<>(images.keySet());
    TreeMap<String, String> byKey = new TreeMap<>();
    for (String path : expected) {
      byKey.put(key(7, path), path);
    }
    PackDataSet set = new PackDataSet(folder.resolve("out/train").toString(), 3);
    try (SampleSource source = set.open(new LocalFiles())) {
      assertEquals(CLASSES, source.classes());
      assertTrue(source.commonShape().isEmpty());
      assertEquals(2, source.rowGroups().count());
      Pixels pixels = new Pixels();
      int row = 0;
      try (SampleWindow window = source.open(IntStream.range(0, 100).toArray())) {
        for (String path : byKey.values()) {
          int number = Integer.parseInt(path.replaceAll(".*/|\\.png", ""));
          window.read(row, Framing.STORED, pixels);
          Shape shape = Shape.of(1 + number * 7 % 41, 1 + number * 11 % 29, 3);
          assertEquals(shape, pixels.shape(), path);
          assertArrayEquals(
              DrawnImages.pixels(number, shape.height(), shape.width()),
              Arrays.copyOf(pixels.bytes(), shape.elements()));
          int label = CLASSES.indexOf(path.replaceAll("/.*", ""));
          assertEquals(new ClassLabel(label), window.target(row));
          assertEquals(label, source.label(row));
          row++;
        }
      }
      assertEquals(100, row);
    }
    assertFalse(Files.exists(folder.resolve(".out.packing")));
    try (Stream<Path> names = Files.list(folder.resolve("out/train"))) {
      assertEquals(
          List.of("dataset.json", "part-00000.parquet", "part-00001.parquet"),
          names.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void meanAndDeviationAreThoseOfTheFolder(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 60, true);
    pack(spark, source, folder.resolve("out"));
    for (int channels : new int[] {1, 3}) {
      try (SampleSource packed =
              new PackDataSet(folder.resolve("out").toString(), channels).open(new LocalFiles());
          SampleSource plain =
              new FolderDataSet(source.toString(), channels).open(new LocalFiles())) {
        assertEquals(Standardization.of(plain), Standardization.of(packed));
        assertEquals(plain.commonShape(), packed.commonShape());
        assertTrue(packed.channelSums().isPresent() && plain.channelSums().isEmpty());
      }
    }
  }

  /** However a table is cut and shuffled, and wherever its images lie. */
  @Test
  void theBytesOfASetFollowFromItsImages(JavaSparkContext spark) throws Exception {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 100, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"));
    String expected = describe(folder.resolve("out"));
    List<Row> rows = new ArrayList<>();
    images.forEach((path, bytes) -> rows.add(RowFactory.create(path, label(path), bytes)));
    StructType schema =
        new StructType()
            .add("path", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("image", DataTypes.BinaryType);
    for (int partitions = 1; partitions <= 4; partitions++) {
      Collections.shuffle(rows, new Random(partitions));
      Path out = folder.resolve("out-" + partitions);
      ImagePack.write(
          PackSession.sql(spark).createDataFrame(rows, schema).repartition(partitions),
          out.toString(),
          SMALL);
      assertEquals(expected, describe(out));
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("out/part-00001.parquet")),
          Files.readAllBytes(out.resolve("part-00001.parquet")));
    }
    PackOptions other = new PackOptions(8, 1 << 16, List.of(), PackOptions.Damaged.REFUSE, 0.5);
    pack(spark, folder.resolve("in"), folder.resolve("other"), other);
    assertNotEquals(expected, describe(folder.resolve("other")));
  }

  private static String label(String path) {
    return path.replaceAll("/.*", "");
  }

  private static String describe(Path set) throws IOException {
    return Files.readString(set.resolve("dataset.json"));
  }

  /** With the same names in the same order, a tar file is packed as its folder. */
  @Test
  void tarFilesAreReadAsStreams(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 100, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"));
    Path tars = Files.createDirectory(folder.resolve("tars"));
    tar(tars.resolve("train.tar"), "", images);
    tar(tars.resolve("test.tar.gz"), "./some/where/", new TreeMap<>(images.headMap("plum")));
    pack(spark, tars, folder.resolve("packed"));
    assertEquals(describe(folder.resolve("out")), describe(folder.resolve("packed/train")));
    try (SampleSource test =
        new PackDataSet(folder.resolve("packed/test").toString(), 3).open(new LocalFiles())) {
      assertEquals(67, test.size());
      assertEquals(CLASSES, test.classes(), "those of the training set");
      Set<Integer> labels =
          IntStream.range(0, 67).mapToObj(test::label).collect(Collectors.toSet());
      assertEquals(Set.of(0, 1), labels);
    }
  }

  private static void tar(Path file, String above, TreeMap<String, byte[]> images)
      throws IOException {
    boolean zipped = file.toString().endsWith(".gz");
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream plain = zipped ? new GZIPOutputStream(out) : out;
        TarArchiveOutputStream tar = new TarArchiveOutputStream(plain, "UTF-8")) {
      tar.setAddPaxHeadersForNonAsciiNames(true);
      images.put("plum/notes.txt", new byte[3]);
      images.put("plum/._1.png", new byte[3]);
      for (Map.Entry<String, byte[]> image : images.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(above + image.getKey());
        entry.setSize(image.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(image.getValue());
        tar.closeArchiveEntry();
      }
    }
  }

  @Test
  void tablesNameImagesOrHoldThem(JavaSparkContext spark) throws IOException {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 100, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"));
    StringBuilder csv = new StringBuilder("label,file\n");
    StringBuilder lines = new StringBuilder();
    for (String path : images.keySet()) {
      csv.append(label(path)).append(',').append(path).append('\n');
      lines.append(
          "{\"path\":\"%s\",\"kind\":%s}\n".formatted(path, 10 - CLASSES.indexOf(label(path))));
    }
    Files.writeString(folder.resolve("in/images.csv"), csv);
    pack(spark, folder.resolve("in/images.csv"), folder.resolve("of-csv"));
    assertEquals(describe(folder.resolve("out")), describe(folder.resolve("of-csv")));
    Files.writeString(folder.resolve("in/images.jsonl"), lines);
    ImagePack.pack(
        spark,
        folder.resolve("in/images.jsonl").toString(),
        folder.resolve("of-json").toString(),
        "kind",
        SMALL,
        PackListener.NONE);
    try (SampleSource numbered =
            new PackDataSet(folder.resolve("of-json").toString(), 3).open(new LocalFiles());
        SampleSource named =
            new PackDataSet(folder.resolve("out").toString(), 3).open(new LocalFiles())) {
      assertEquals(List.of("8", "9", "10"), numbered.classes());
      for (int row = 0; row < 100; row++) {
        assertEquals(2 - named.label(row), numbered.label(row));
      }
    }
  }

  @Test
  void imagesThatCannotBeReadAreRefusedOrLeftOut(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 100, false);
    byte[] whole = Files.readAllBytes(source.resolve("plum/2.png"));
    Files.write(source.resolve("plum/2.png"), Arrays.copyOf(whole, whole.length - 20));
    Files.write(source.resolve("apple/99.png"), new byte[0]);
    Path out = folder.resolve("out");
    ConvoyException e = assertThrows(ConvoyException.class, () -> pack(spark, source, out));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    String start =
        source
            + ": 2 of 100 images cannot be read; nothing is packed before they are mended or taken"
            + " away, or left out by --damaged skip; file:";
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    assertTrue(
        e.getMessage().contains("plum/2.png: the PNG is truncated or damaged"), e.getMessage());
    assertFalse(Files.exists(out));
    Path first = folder.resolve(".out.packing/part-00000.parquet");
    Object written = Files.readAttributes(first, BasicFileAttributes.class).fileKey();
    assertEquals(2, rejected(spark, folder.resolve(".out.packing")).size());
    PackOptions strict = new PackOptions(7, 1 << 16, List.of(), PackOptions.Damaged.SKIP, 0.01);
    e = assertThrows(ConvoyException.class, () -> pack(spark, source, out, strict));
    String share = ": 2 of 100 images cannot be read, more than 1.000 %; nothing is packed";
    assertTrue(e.getMessage().startsWith(source + share), e.getMessage());
    PackOptions skip = new PackOptions(7, 1 << 16, List.of(), PackOptions.Damaged.SKIP, 0.02);
    PackSummary summary = pack(spark, source, out, skip);
    assertEquals(98, summary.sets().get(0).images());
    assertEquals(2, summary.sets().get(0).rejected());
    assertEquals(
        List.of("apple/99.png", "plum/2.png"),
        rejected(spark, out).stream().map(row -> row.getString(0)).sorted().toList());
    Object kept =
        Files.readAttributes(out.resolve("part-00000.parquet"), BasicFileAttributes.class)
            .fileKey();
    assertEquals(written, kept, "what was whole is not written again");
  }

  private static List<Row> rejected(JavaSparkContext spark, Path set) {
    return PackSession.sql(spark)
        .read()
        .parquet(set.resolve("rejected.parquet").toString())
        .select("path", "reason")
        .collectAsList();
  }

  /** As killed jobs leave it: a file without its description, and half a file of another name. */
  @Test
  void aLaterJobGoesOnWithWhatIsWhole(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 100, false);
    Path out = folder.resolve("out");
    PackOptions none = new PackOptions(7, 1 << 16, List.of(), PackOptions.Damaged.SKIP, 0);
    Files.write(source.resolve("apple/x.png"), new byte[9]);
    assertThrows(ConvoyException.class, () -> pack(spark, source, out, none));
    Path work = folder.resolve(".out.packing");
    Files.delete(work.resolve(".parts/part-00001.json"));
    Files.write(work.resolve("part-00001.parquet"), new byte[5]);
    Files.write(work.resolve(".tmp-000000000-part-00001.parquet-x"), new byte[5]);
    PackOptions skip = new PackOptions(7, 1 << 16, List.of(), PackOptions.Damaged.SKIP, 0.5);
    pack(spark, source, out, skip);
    pack(spark, source, folder.resolve("expected"), skip);
    assertEquals(describe(folder.resolve("expected")), describe(out));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("expected/part-00001.parquet")),
        Files.readAllBytes(out.resolve("part-00001.parquet")));
    assertFalse(Files.exists(work));
    try (Stream<Path> names = Files.list(out)) {
      assertTrue(names.noneMatch(p -> p.getFileName().toString().startsWith(".")));
    }
  }

  @Test
  void aJobOverOtherImagesStartsAfresh(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 100, false);
    pack(spark, source, folder.resolve("expected"));
    Files.write(source.resolve("apple/x.png"), new byte[9]);
    assertThrows(ConvoyException.class, () -> pack(spark, source, folder.resolve("out")));
    Files.delete(source.resolve("apple/x.png"));
    pack(spark, source, folder.resolve("out"));
    assertEquals(describe(folder.resolve("expected")), describe(folder.resolve("out")));
    assertFalse(Files.exists(folder.resolve("out/rejected.parquet")));
  }

  @Test
  void whatIsThereIsNotPackedOver(JavaSparkContext spark) throws IOException {
    draw(folder.resolve("in"), 5, true);
    Path out = Files.createDirectory(folder.resolve("out"));
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> pack(spark, folder.resolve("in"), out));
    assertEquals(ConvoyException.Kind.USAGE, e.kind());
    assertEquals(
        "file:%s is there already, and no set is packed over another: name another folder, or take"
                .formatted(out)
            + " it away",
        e.getMessage());
  }
}
