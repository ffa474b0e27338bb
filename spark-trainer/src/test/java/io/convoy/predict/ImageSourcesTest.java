package io.convoy.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.examine.DamageLimit;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.examine.Damaged;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.pack.job.ImagePack;
import io.convoy.pack.job.PackListener;
import io.convoy.pack.job.PackOptions;
import io.convoy.pack.job.PackSession;
import io.convoy.pack.job.PackSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same rows, wherever the images lie. */
@ExtendWith(PackSession.class)
class ImageSourcesTest {
  private static final int IMAGES = 90;
  private static final PredictOptions OPTIONS =
      PredictOptions.STANDARD.withMaxFailures(DamageLimit.of("20%")).withAll(null);

  @TempDir Path folder;
  private final JavaSparkContext spark;
  private final Model model = PredictSets.model();
  private final Map<String, byte[]> images = PredictSets.images(IMAGES);
  private Path photos;
  private int outs;

  ImageSourcesTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  @BeforeEach
  void write() {
    photos = folder.resolve("photos");
    PredictSets.write(photos, images);
  }

  private List<Row> rows(String place) {
    String out = folder.resolve("out-" + outs++).toString();
    new BatchPrediction(spark, model, OPTIONS, PredictListener.NONE).run(place, null, out, false);
    return PredictSets.rows(spark, out);
  }

  /** Under which name each image is expected. */
  private void require(List<Row> rows, Map<String, byte[]> images, UnaryOperator<String> path) {
    Map<String, Prediction> expected = new LinkedHashMap<>();
    PredictSets.expected(model, images, null)
        .forEach((name, p) -> expected.put(path.apply(name), p));
    assertEquals(
        expected.keySet().stream().sorted().toList(),
        rows.stream().map(row -> row.<String>getAs("path")).sorted().toList());
    for (Row row : rows) {
      Prediction prediction = expected.get(row.<String>getAs("path"));
      if (!prediction.isKnown()) {
        assertNull(row.getAs("label"));
        assertNotNull(row.getAs("error"));
        continue;
      }
      List<Float> logits = row.getList(row.fieldIndex("logits"));
      assertEquals(prediction.logits().length, logits.size());
      for (int i = 0; i < logits.size(); i++) {
        assertEquals(prediction.logits()[i], logits.get(i), 0f);
      }
    }
  }

  private String uri(Path path) {
    return path.toUri().toString().replace("file:///", "file:/").replaceAll("/$", "");
  }

  @Test
  void aFolderAndGlobsOfFilesAndFolders() {
    require(rows(photos.toString()), images, name -> uri(photos) + "/" + name);
    require(rows(photos + "/*"), images, name -> uri(photos) + "/" + name);
    require(rows(photos + "/{a,b,c}/*.[jp]*"), images, name -> uri(photos) + "/" + name);
    Map<String, byte[]> some = new LinkedHashMap<>(images);
    some.keySet().removeIf(name -> !name.startsWith("a/") || !name.endsWith(".png"));
    require(rows(photos + "/a/*.png"), some, name -> uri(photos) + "/" + name);
  }

  @Test
  void oneFile_whateverItIsCalled() throws IOException {
    Path file = folder.resolve("no-ending");
    Files.write(file, PredictSets.image(0));
    require(rows(file.toString()), Map.of("x", PredictSets.image(0)), name -> uri(file));
  }

  @Test
  void tarFiles() throws IOException {
    Path tars = folder.resolve("tars");
    Files.createDirectories(tars);
    Map<String, byte[]> flat = Map.of("root.png", PredictSets.image(2));
    PackSets.tar(tars.resolve("one.tar"), "", images);
    PackSets.tar(tars.resolve("two.tar.gz"), "above/", images);
    PackSets.tar(tars.resolve("flat.tar"), "", flat);
    require(
        rows(tars.resolve("one.tar").toString()), images, name -> uri(tars) + "/one.tar/" + name);
    require(rows(tars + "/f*.tar"), flat, name -> uri(tars) + "/flat.tar/" + name);
    List<Row> all = rows(tars.toString());
    assertEquals(2 * IMAGES + 1, all.size());
    assertTrue(
        all.stream()
            .anyMatch(
                row ->
                    row.<String>getAs("path").equals(uri(tars) + "/two.tar.gz/above/a/0000.png")));
  }

  @Test
  void tablesOfPaths() throws IOException {
    StringBuilder csv = new StringBuilder("path,note\n");
    StringBuilder lines = new StringBuilder();
    images
        .keySet()
        .forEach(
            name -> {
              csv.append('"').append(name).append("\",\"a, b\"\n");
              lines.append("{\"file\": \"").append(name).append("\"}\n");
            });
    Files.writeString(photos.resolve("list.csv"), csv);
    Files.writeString(photos.resolve("list.jsonl"), lines);
    require(rows(photos.resolve("list.csv").toString()), images, name -> name);
    require(rows(photos.resolve("list.jsonl").toString()), images, name -> name);
    assertEquals(
        List.copyOf(images.keySet()),
        rows(photos.resolve("list.csv").toString()).stream()
            .map(row -> row.<String>getAs("path"))
            .toList());
  }

  @Test
  void rowsOfATableThatLeadNowhereAreRowsToo() throws IOException {
    Path table = photos.resolve("list.csv");
    Files.writeString(table, "path\na/0000.png\na/gone.png\n\"\"\n" + photos + "/a/0006.png\n");
    List<Row> rows = allowingTwo(table);
    assertEquals(4, rows.size());
    assertNull(rows.get(0).getAs("error"));
    assertTrue(rows.get(1).<String>getAs("error").contains("a/gone.png: no such file"));
    assertNull(rows.get(2).getAs("path"));
    assertTrue(rows.get(2).<String>getAs("error").contains("a row without a path"));
    assertNull(rows.get(3).getAs("error"));
  }

  private List<Row> allowingTwo(Path table) {
    String out = folder.resolve("out").toString();
    new BatchPrediction(
            spark, model, OPTIONS.withMaxFailures(DamageLimit.of("2")), PredictListener.NONE)
        .run(table.toString(), "path", out, false);
    return PredictSets.rows(spark, out);
  }

  @Test
  void tablesOfImages() {
    StructType schema =
        new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);
    List<Row> content = new ArrayList<>();
    images.forEach((name, bytes) -> content.add(RowFactory.create(name, bytes)));
    String table = folder.resolve("table").toString();
    PackSession.sql(spark).createDataFrame(content, schema).repartition(3).write().parquet(table);
    require(rows(table), images, name -> name);
    require(rows(table + "/*.parquet"), images, name -> name);
  }

  @Test
  void aPackedSet() {
    Map<String, byte[]> whole = new LinkedHashMap<>(images);
    for (int number = 0; number < IMAGES; number++) {
      if (PredictSets.isBroken(number)) {
        whole.remove(PredictSets.name(number));
      }
    }
    String pack = folder.resolve("pack").toString();
    PackOptions options =
        new PackOptions(
            0, 16 << 20, List.of(), new DamageRule(Damaged.SKIP, DamageLimit.of("20%")));
    ImagePack.pack(spark, photos.toString(), pack, null, options, PackListener.NONE);
    require(rows(pack), whole, name -> name);
  }

  @Test
  void whatCannotBeMeantIsRefused() throws IOException {
    requireError("there is nothing of that name", folder.resolve("nowhere").toString());
    requireError("there is nothing of that name", photos + "/*.gif");
    Files.writeString(photos.resolve("a/list.csv"), "path\n");
    requireError("finds tar files or tables among others", photos + "/a/*");
    Files.createDirectories(folder.resolve("empty/below"));
    requireError("there is no image in it", folder.resolve("empty").toString());
  }

  private void requireError(String text, String place) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> rows(place));
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }

  @Test
  void partsDependOnTheListAlone() {
    List<ListedFiles.Listed> files = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      files.add(new ListedFiles.Listed("f" + i, null, i == 300 ? 1L << 40 : 1000, "1"));
    }
    ListedFiles listed = new ListedFiles(spark.sc(), files, List.of());
    // by 128, those before the large one, the large one, and the others by 128
    assertEquals(10, listed.rows().getNumPartitions());
    int[] sizes =
        listed
            .rows()
            .toJavaRDD()
            .mapPartitions(rows -> List.of(count(rows)).iterator())
            .collect()
            .stream()
            .mapToInt(Integer::intValue)
            .toArray();
    assertArrayEquals(new int[] {128, 128, 44, 1, 128, 128, 128, 128, 128, 59}, sizes);
  }

  private static int count(Iterator<Row> rows) {
    int count = 0;
    for (; rows.hasNext(); rows.next()) {
      count++;
    }
    return count;
  }
}
