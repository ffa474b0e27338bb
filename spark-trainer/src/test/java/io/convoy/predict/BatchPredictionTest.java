package io.convoy.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.MeanImage;
import io.convoy.data.examine.DamageLimit;
import io.convoy.error.ConvoyException;
import io.convoy.inference.ClassProbability;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Softmax;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.pack.job.PackSession;
import io.convoy.recipe.Preprocessing;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PackSession.class)
class BatchPredictionTest {
  /** 700 images, by 128. */
  private static final List<String> WRITTEN =
      List.of(
          "_SUCCESS",
          "part-00000.parquet",
          "part-00001.parquet",
          "part-00002.parquet",
          "part-00003.parquet",
          "part-00004.parquet",
          "part-00005.parquet");

  private static final int IMAGES = 700;

  /** A file system of the cache has the configuration that it was made with. */
  private static final String UNCACHED = "fs.file.impl.disable.cache";

  private static final PredictOptions ALLOWING =
      PredictOptions.STANDARD.withMaxFailures(DamageLimit.of("6%"));

  @TempDir Path folder;
  private final JavaSparkContext spark;
  private final Model model = PredictSets.model();
  private final Map<String, byte[]> images = PredictSets.images(IMAGES);
  private Path photos;
  private Path out;

  BatchPredictionTest(JavaSparkContext spark) {
    this.spark = spark;
  }

  @BeforeEach
  void write() {
    photos = folder.resolve("photos");
    out = folder.resolve("rows");
    PredictSets.write(photos, images);
  }

  @AfterEach
  void restore() {
    spark.hadoopConfiguration().unset(StoreFolder.ATOMIC_RENAME);
    spark.hadoopConfiguration().unset(UNCACHED);
  }

  /** What a listener was told. */
  private static final class Told implements PredictListener {
    private final List<String> lines = new ArrayList<>();
    private long images;
    private int partsBefore;
    private int parts;
    private long last;

    @Override
    public void begin(long all, int allParts, long done, int partsDone) {
      images = all;
      parts = allParts;
      last = done;
      partsBefore = partsDone;
    }

    @Override
    public void at(long done, int partsDone) {
      assertTrue(done >= last && partsDone <= parts);
      last = done;
    }

    @Override
    public void say(String line) {
      lines.add(line);
    }
  }

  private PredictSummary run(PredictOptions options, PredictListener listener, boolean resume) {
    return new BatchPrediction(spark, model, options, listener)
        .run(photos.toString(), null, out.toString(), resume);
  }

  private List<String> names(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<Row> parquet(Path path) {
    return PredictSets.rows(spark, path.toString());
  }

  private String full(String name) {
    return photos.resolve(name).toUri().toString().replace("file:///", "file:/");
  }

  @Test
  void eachImageIsOneRow_inTheOrderOfTheFolder() throws IOException {
    Files.write(photos.resolve("a/notes.txt"), new byte[] {1});
    Told told = new Told();
    PredictSummary summary = run(ALLOWING.withAll("mean"), told, false);
    assertEquals(new PredictSummary("file:" + out, 700, 35, 6), summary);
    assertEquals(700, told.images);
    assertEquals(700, told.last);
    assertEquals(1, told.lines.size());
    assertTrue(told.lines.get(0).contains("left out 1 as no images"), told.lines.get(0));
    assertEquals(WRITTEN, names(out));
    assertEquals(List.of("photos", "rows"), names(folder));
    Map<String, Prediction> expected = PredictSets.expected(model, images, "mean");
    List<Row> rows = new ArrayList<>(); // Spark reads large files first
    for (String part : WRITTEN.subList(1, WRITTEN.size())) {
      rows.addAll(parquet(out.resolve(part)));
    }
    assertEquals(
        images.keySet().stream().map(this::full).toList(),
        rows.stream().map(row -> row.<String>getAs("path")).toList());
    for (Row row : rows) {
      String path = row.getAs("path");
      requireRow(row, expected.get(path.substring(path.lastIndexOf("photos/") + 7)));
    }
    assertTrue(new HashSet<>(rows.stream().map(r -> r.<String>getAs("label")).toList()).size() > 2);
  }

  private void requireRow(Row row, Prediction expected) {
    if (!expected.isKnown()) {
      assertNull(row.getAs("label"));
      assertNull(row.getAs("probability"));
      assertNull(row.getAs("top"));
      assertNull(row.getAs("logits"));
      assertTrue(row.<String>getAs("error").contains(row.getAs("path")));
      return;
    }
    assertNull(row.getAs("error"));
    double[] probabilities = Softmax.probabilities(expected.logits());
    List<ClassProbability> top =
        ClassProbability.top(probabilities, PredictSets.CLASSES, PredictOptions.TOP);
    assertEquals(top.get(0).label(), row.getAs("label"));
    assertEquals(top.get(0).probability(), row.<Double>getAs("probability"));
    List<Row> found = row.getList(row.fieldIndex("top"));
    assertEquals(
        top,
        found.stream().map(r -> new ClassProbability(r.getString(0), r.getDouble(1))).toList());
    assertArrayEquals(expected.logits(), floats(row, "logits"), 0f);
    assertArrayEquals(expected.embedding(), floats(row, "embedding"), 0f);
    List<Double> all = row.getList(row.fieldIndex("probabilities"));
    assertArrayEquals(probabilities, all.stream().mapToDouble(d -> d).toArray(), 0);
  }

  private static float[] floats(Row row, String column) {
    List<Float> list = row.getList(row.fieldIndex(column));
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }

  @Test
  void theOtherFormatsHoldTheSame() {
    run(ALLOWING.withAll("mean"), PredictListener.NONE, false);
    List<Row> rows = parquet(out);
    Path lines = folder.resolve("lines");
    Path csv = folder.resolve("csv");
    new BatchPrediction(
            spark,
            model,
            ALLOWING.withAll("mean").withFormat(RowFormat.JSONL),
            PredictListener.NONE)
        .run(photos.toString(), null, lines.toString(), false);
    new BatchPrediction(
            spark, model, ALLOWING.withAll("mean").withFormat(RowFormat.CSV), PredictListener.NONE)
        .run(photos.toString(), null, csv.toString(), true);
    String schema =
        "path STRING, label STRING, probability DOUBLE, top ARRAY<STRUCT<label: STRING, probability:"
            + " DOUBLE>>, logits ARRAY<FLOAT>, probabilities ARRAY<DOUBLE>, embedding ARRAY<FLOAT>,"
            + " error STRING";
    assertEquals(
        texts(rows),
        texts(PackSession.sql(spark).read().schema(schema).json(lines.toString()).collectAsList()));
    List<Row> table =
        PackSession.sql(spark)
            .read()
            .option("header", true)
            .option("escape", "\"")
            .csv(csv.toString())
            .withColumn("probability", functions.col("probability").cast("double"))
            .withColumn(
                "top",
                functions.expr(
                    "from_json(top, 'ARRAY<STRUCT<label: STRING, probability: DOUBLE>>')"))
            .withColumn("logits", functions.expr("from_json(logits, 'ARRAY<FLOAT>')"))
            .withColumn(
                "probabilities", functions.expr("from_json(probabilities, 'ARRAY<DOUBLE>')"))
            .withColumn("embedding", functions.expr("from_json(embedding, 'ARRAY<FLOAT>')"))
            .collectAsList();
    assertEquals(texts(rows), texts(table));
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }

  @Test
  void aJobThatWentWrongIsGoneOnWith() throws IOException {
    Told first = new Told();
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> run(PredictOptions.STANDARD, first, false));
    assertEquals(ConvoyException.Kind.DATA, error.kind());
    assertTrue(error.getMessage().contains("more than --max-failures (1%) allows"));
    assertFalse(Files.exists(out));
    assertEquals(List.of(".rows.predicting", "photos"), names(folder));

    ConvoyException again = assertThrows(ConvoyException.class, () -> run(ALLOWING, first, false));
    assertTrue(again.getMessage().contains("go on with it by --resume"), again.getMessage());
    ConvoyException other =
        assertThrows(
            ConvoyException.class, () -> run(ALLOWING.withFormat(RowFormat.CSV), first, true));
    assertTrue(other.getMessage().contains("another job"), other.getMessage());

    // what an attempt that was killed may leave
    Path work = folder.resolve(".rows.predicting");
    Files.write(work.resolve("part-00002-half.parquet"), new byte[100]);
    Files.writeString(work.resolve("done-00002-half.json"), "{\"number\": 2, \"fi");
    Told second = new Told();
    PredictSummary summary = run(ALLOWING, second, true);
    assertTrue(second.partsBefore >= 1, second.partsBefore + " parts were done");
    assertEquals(700, summary.images());
    assertEquals(List.of("photos", "rows"), names(folder));
    Path whole = folder.resolve("whole");
    new BatchPrediction(spark, model, ALLOWING, PredictListener.NONE)
        .run(photos.toString(), null, whole.toString(), false);
    assertEquals(texts(parquet(whole)), texts(parquet(out)));
  }

  @Test
  void aStoreThatRenamesNoFoldersIsCommittedByTheLastFile() throws IOException {
    spark.hadoopConfiguration().setBoolean(StoreFolder.ATOMIC_RENAME, false);
    spark.hadoopConfiguration().setBoolean(UNCACHED, true);
    assertThrows(
        ConvoyException.class, () -> run(PredictOptions.STANDARD, PredictListener.NONE, false));
    assertEquals(List.of("_predicting"), names(out));
    Told told = new Told();
    run(ALLOWING, told, true);
    assertTrue(told.partsBefore >= 1);
    assertEquals(WRITTEN, names(out));
    assertEquals(700, parquet(out).size());
    ConvoyException error = assertThrows(ConvoyException.class, () -> run(ALLOWING, told, true));
    assertTrue(error.getMessage().contains("is there already"));
  }

  @Test
  void whatIsThereIsNotWrittenOver() throws IOException {
    Files.createDirectory(out);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> run(ALLOWING, PredictListener.NONE, false));
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    assertTrue(error.getMessage().contains("is there already"));
  }

  @Test
  void whatWasMeasuredOfImagesTravelsWithTheModel() {
    Preprocessing plain = model.preprocessing();
    float[] mean = new float[plain.input().elements()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = i / 1000f;
    }
    Preprocessing centred =
        new Preprocessing(
            plain.height(),
            plain.width(),
            plain.channels(),
            plain.resize(),
            "black",
            new MeanImage(new ImageStatistics(plain.input(), mean, null)),
            plain.classes());
    Model other =
        new Model("m", model.network(), model.weights(), centred, ConvolutionAlgorithm.DIRECT);
    Model read = (Model) SharedModel.of(spark, other).read();
    assertEquals(other.fingerprint(), read.fingerprint());
    assertEquals(other.preprocessing(), read.preprocessing());
    assertNotEquals(model.fingerprint(), read.fingerprint());
  }

  @Test
  void aModelIsReadOnceForAllTasks() {
    SharedModel shared = SharedModel.of(spark, model);
    Model one;
    try (Predictors.Borrowed borrowed = Predictors.borrow(shared, null, 1)) {
      one = (Model) borrowed.classifier();
    }
    try (Predictors.Borrowed first = Predictors.borrow(shared, null, 1);
        Predictors.Borrowed second = Predictors.borrow(shared, null, 1)) {
      assertSame(one, first.classifier());
      assertSame(one, second.classifier());
      assertNotSame(first.predictor(), second.predictor());
    }
    assertEquals(model.fingerprint(), one.fingerprint());
    for (int seed = 100; seed < 105; seed++) {
      Predictors.borrow(SharedModel.of(spark, PredictSets.model(seed)), null, 1).close();
      assertTrue(Predictors.models() <= Predictors.AT_MOST);
    }
  }
}
