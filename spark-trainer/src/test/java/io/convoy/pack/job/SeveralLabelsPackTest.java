package io.convoy.pack.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.PackedOrder;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.Reading;
import io.convoy.data.reader.Table;
import io.convoy.error.ConvoyException;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Packed sets keep several labels an image. */
@ExtendWith(PackSession.class)
final class SeveralLabelsPackTest {
  private static final int IMAGES = 61;
  private static final PackOptions OPTIONS = PackOptions.DEFAULT.withLabelDelimiter("; ");

  @TempDir private Path folder;
  private final FileStore files = new LocalFiles();

  private static List<String> labels(int i) {
    return IntStream.of(2, 0, 1)
        .filter(c -> (((i * 5) >> c) & 1) == 1)
        .mapToObj(List.of("cat", "dog", "eel")::get)
        .toList();
  }

  private void draw() throws IOException {
    StringBuilder rows = new StringBuilder("path,labels\n");
    for (int i = 0; i < IMAGES; i++) {
      Files.write(folder.resolve(i + ".png"), DrawnImages.png(i, 5, 4));
      rows.append("%s.png,%s\n".formatted(i, String.join("; ", labels(i))));
    }
    Files.writeString(folder.resolve("train.csv"), rows);
  }

  private String pack(JavaSparkContext spark, String table, PackOptions options) {
    String out = folder.resolve("pack of " + table).toString();
    ImagePack.pack(spark, folder.resolve(table).toString(), out, null, options, PackListener.NONE);
    return out;
  }

  private static byte[] pixels(SampleSource source, int row) {
    Pixels pixels = new Pixels();
    try (SampleWindow window = source.open(new int[] {row})) {
      window.read(row, Framing.STORED, pixels);
    }
    return Arrays.copyOf(pixels.bytes(), pixels.shape().elements());
  }

  @Test
  void aPackIsItsTableInAnotherOrder(JavaSparkContext spark) throws IOException {
    draw();
    Reading reading = new Reading(3, List.of(), null, null, "; ");
    DataSet table =
        new Table().training(files, folder + "/train.csv", reading).inOrderOf(PackedOrder.USUAL);
    String out = pack(spark, "train.csv", OPTIONS);
    try (SampleSource expected = table.open(files);
        SampleSource packed = new PackDataSet(out, 3).open(files)) {
      assertTrue(packed.severalLabels());
      assertEquals(List.of("cat", "dog", "eel"), packed.classes());
      assertEquals(IMAGES, packed.size());
      for (int i = 0; i < IMAGES; i++) {
        assertArrayEquals(expected.labels(i), packed.labels(i));
        assertArrayEquals(pixels(expected, i), pixels(packed, i));
        try (SampleWindow one = expected.open(new int[] {i});
            SampleWindow other = packed.open(new int[] {i})) {
          assertEquals(one.target(i), other.target(i));
        }
      }
      assertArrayEquals(new boolean[] {true, true, true}, packed.labelsInUse());
      assertThrows(ConvoyException.class, () -> packed.label(0));
    }
    // under the labels of another set
    List<String> others = List.of("eel", "bee", "dog", "cat");
    try (SampleSource packed = new PackDataSet(out, 3).open(files);
        SampleSource other = new PackDataSet(out, 3).labelledAs(others).open(files)) {
      for (int i = 0; i < IMAGES; i++) {
        int[] wanted =
            Arrays.stream(packed.labels(i))
                .map(label -> others.indexOf(packed.classes().get(label)))
                .sorted()
                .toArray();
        assertArrayEquals(wanted, other.labels(i));
      }
    }
  }

  @Test
  void listsArePackedAlike(JavaSparkContext spark) throws IOException {
    draw();
    StructType schema =
        new StructType()
            .add("path", "string")
            .add("labels", DataTypes.createArrayType(DataTypes.StringType));
    PackSession.sql(spark)
        .createDataFrame(
            IntStream.range(0, IMAGES)
                .mapToObj(i -> RowFactory.create(i + ".png", labels(i).toArray(String[]::new)))
                .toList(),
            schema)
        .coalesce(1)
        .write()
        .parquet(folder.resolve("written").toString());
    try (Stream<Path> parts = Files.list(folder.resolve("written"))) {
      Path part =
          parts.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(part, folder.resolve("lists.parquet"));
    }
    String text = pack(spark, "train.csv", OPTIONS);
    String lists = pack(spark, "lists.parquet", PackOptions.DEFAULT);
    assertEquals(
        Files.readString(Path.of(text, "dataset.json")),
        Files.readString(Path.of(lists, "dataset.json")));
    assertArrayEquals(
        Files.readAllBytes(Path.of(text, "labels.bin")),
        Files.readAllBytes(Path.of(lists, "labels.bin")));
  }

  @Test
  void changedDescriptionsAreRefused(JavaSparkContext spark) throws IOException {
    draw();
    Path out = Path.of(pack(spark, "train.csv", OPTIONS));
    Path json = out.resolve("dataset.json");
    String whole = Files.readString(json);
    for (String[] change :
        new String[][] {
          {"\"format\" : 2", "\"format\" : 1"},
          {"\"format\" : 2", "\"format\" : 3"},
          {"\"labels\" : [ 0 ]", "\"labels\" : [ 9 ]"},
          {"\"labels\" : [ 0 ]", "\"labels\" : [ 1, 0 ]"},
          {"\"labels\" : [ 0 ]", "\"labels\" : [ 1 ]"},
        }) {
      String changed = whole.replace(change[0], change[1]);
      assertTrue(!changed.equals(whole), "nothing to change: " + change[0] + "\n" + whole);
      Files.writeString(json, changed);
      ConvoyException e =
          assertThrows(ConvoyException.class, () -> new PackDataSet(out.toString(), 3).open(files));
      assertEquals(ConvoyException.Kind.DATA, e.kind(), e.getMessage());
    }
    Files.writeString(json, whole);
    new PackDataSet(out.toString(), 3).open(files).close();
  }

  @Test
  void whatCannotBeMeantIsRefused(JavaSparkContext spark) throws IOException {
    draw();
    Files.writeString(folder.resolve("twice.csv"), "path,labels\n1.png,cat\n1.png,dog\n");
    assertRefused(
        "1.png stands in two rows, with different labels: write all its labels into one",
        () -> pack(spark, "twice.csv", OPTIONS));
    Files.writeString(
        folder.resolve("empty.csv"), "path,labels\n1.png,cat; \n2.png,dog; cat; dog\n");
    assertRefused("it has the label \"dog\" twice", () -> pack(spark, "empty.csv", OPTIONS));
    Files.writeString(folder.resolve("none.csv"), "path,labels\n1.png,\n");
    assertRefused("no row has a label", () -> pack(spark, "none.csv", OPTIONS));
    Path classes = folder.resolve("folders");
    for (String name : List.of("a", "b")) {
      Files.createDirectories(classes.resolve(name));
      Files.write(classes.resolve(name + "/1.png"), DrawnImages.png(1, 5, 4));
    }
    assertRefused("--label-delimiter goes with tables", () -> pack(spark, "folders", OPTIONS));
  }

  private static void assertRefused(String message, Runnable packing) {
    ConvoyException e = assertThrows(ConvoyException.class, packing::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void chosenClassesLeaveOutLabelsAndKeepImages(JavaSparkContext spark) throws IOException {
    draw();
    PackOptions usual = PackOptions.DEFAULT;
    PackOptions chosen =
        new PackOptions(usual.seed(), usual.groupBytes(), List.of("eel", "cat"), usual.damaged())
            .withLabelDelimiter("; ");
    String out = pack(spark, "train.csv", chosen);
    try (SampleSource packed = new PackDataSet(out, 3).open(files)) {
      assertEquals(IMAGES, packed.size());
      assertEquals(List.of("eel", "cat"), packed.classes());
    }
  }
}
