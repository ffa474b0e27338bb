package io.convoy.newcomer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.ml.PhotoRecipe;
import io.convoy.recipe.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/spark.md's examples: its Java and its Scala are what is compiled, and work; so does SQL. */
class SparkExamplesTest {
  private static final Path SOURCE = Path.of("src/test/java/io/convoy/newcomer/SparkExamples.java");
  private static final Path DOCUMENT = Path.of("../docs/spark.md");
  private static final String MARK = "// docs/spark.md: ";
  private static final String RECIPE =
      """
      name: photos
      data: {format: folders, size: [8, 8]}
      network:
        input: [8, 8, 3]
        layers:
          - {name: conv, type: conv2d, outChannels: 8, kernel: 3}
          - {name: mean, type: globalAvgPool}
          - {name: logits, type: linear, outFeatures: 2}
      batchSize: 8
      epochs: 2
      optimizer: {type: sgd}
      schedule: {type: constant, rate: 0.05}
      """;

  @TempDir Path folder;

  @Test
  void theDocumentShowsWhatIsCompiled() throws IOException {
    Readme document = Readme.of(DOCUMENT);
    List<String> lines = Files.readAllLines(SOURCE);
    int seen = 0;
    for (int from = 0; from < lines.size(); from++) {
      String heading = lines.get(from).strip();
      if (!heading.startsWith(MARK) || heading.equals(MARK + "end")) {
        continue;
      }
      List<String> below = lines.subList(from + 1, lines.size());
      List<String> code =
          below.stream().takeWhile(line -> !line.strip().equals(MARK + "end")).toList();
      assertEquals(
          String.join("\n", code).stripTrailing().stripIndent(),
          document.java(heading.substring(MARK.length())));
      seen++;
    }
    assertEquals(5, seen);
  }

  @Test
  void theJavaAndTheSqlWork() throws IOException {
    try (SparkSession spark = notebook()) {
      Dataset<Row> files = spark.read().format("binaryFile").load(photos().toString());
      String run = folder.resolve("run").toString();
      List<Row> rows = rows(TableExamples.JAVA, spark, files, run);

      SparkExamples.register(spark, run);
      files.createOrReplaceTempView("photos");
      List<Row> counted = spark.sql(sql()).collectAsList();
      assertFalse(counted.isEmpty());
      assertEquals(32, counted.stream().mapToLong(row -> row.getAs("photos")).sum());

      Row first = rows.get(0);
      assertEquals(
          first.getString(1), SparkExamples.classOf(run, Path.of(URI.create(first.getString(0)))));
    }
  }

  @Test
  void theScalaWorks() throws IOException {
    Readme document = Readme.of(DOCUMENT);
    assertEquals(2, document.lines().stream().filter("```scala"::equals).count());
    String methods =
        document.block("A table of images", "scala")
            + "\n"
            + document.block("Training in a pipeline", "scala");
    TableExamples examples = ScalaExamples.compiled(methods, folder.resolve("scala"));
    try (SparkSession spark = notebook()) {
      Dataset<Row> files = spark.read().format("binaryFile").load(photos().toString());
      rows(examples, spark, files, folder.resolve("run").toString());
    }
  }

  /** A session that Convoy has no setting in. */
  private SparkSession notebook() {
    return SparkSession.builder()
        .appName("notebook")
        .master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
        .getOrCreate();
  }

  private Path photos() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (int i = 0; i < 32; i++) {
      ImageIO.write(
          drawn(i), "png", photos.resolve((i % 2 == 0 ? "ant" : "bee") + i + ".png").toFile());
    }
    return photos;
  }

  /** Paths and labels, of a pipeline that the examples train, and the same from its run. */
  private List<Row> rows(TableExamples examples, SparkSession spark, Dataset<Row> files, String run)
      throws IOException {
    Dataset<Row> known =
        files.withColumn("kind", functions.regexp_extract(functions.col("path"), "(ant|bee)", 1));
    String saved = folder.resolve("saved").toString();
    PipelineModel model = examples.trained(known, RECIPE, run, saved);
    List<Row> rows = model.transform(files).select("path", "prediction").collectAsList();
    assertEquals(32, rows.size());

    List<String> labels = new ArrayList<>();
    String photos = folder.resolve("photos").toString();
    for (Row row : examples.labelled(spark, run, photos).collectAsList()) {
      assertTrue(row.isNullAt(3), row::toString);
      labels.add(row.getString(0) + row.getString(1));
    }
    assertEquals(
        rows.stream().map(row -> row.getString(0) + row.getString(1)).sorted().toList(),
        labels.stream().sorted().toList());
    return rows;
  }

  @Test
  void theTrainingWithoutSparkWorks() throws IOException {
    for (int i = 0; i < 32; i++) {
      Path of = folder.resolve("train").resolve(i % 2 == 0 ? "ant" : "bee");
      Files.createDirectories(of);
      ImageIO.write(drawn(i), "png", of.resolve(i + ".png").toFile());
    }
    Recipe recipe = PhotoRecipe.of(2);
    String once =
        SparkExamples.weightsSha256(
            recipe, recipe.data().training(new LocalFiles(), folder.toString(), 3));
    assertEquals(64, once.length());
  }

  private static String sql() throws IOException {
    return Readme.of(DOCUMENT).block("A function for SQL", "sql");
  }

  private static BufferedImage drawn(int number) {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, number % 2 == 0 ? 0x402010 + i * 3 : (i * number) << 8 | 0x80);
    }
    return image;
  }
}
