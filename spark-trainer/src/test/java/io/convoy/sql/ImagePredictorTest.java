package io.convoy.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Softmax;
import io.convoy.pack.job.PackSession;
import io.convoy.predict.PredictSets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PackSession.class)
class ImagePredictorTest {
  private static final int IMAGES = 300;

  private final SparkSession spark;
  private final Model model = PredictSets.model();
  private final Map<String, byte[]> images = PredictSets.images(IMAGES);
  private final Map<String, Prediction> expected = PredictSets.expected(model, images, null);
  private final Dataset<Row> photos;
  private final ImagePredictor predictor;

  @TempDir Path folder;

  ImagePredictorTest(JavaSparkContext context) {
    spark = PackSession.sql(context);
    photos = PhotoTables.of(spark, images);
    predictor = ImagePredictor.of(spark, model);
  }

  /** Rows of a name and a prediction. */
  private void assertExpected(List<Row> rows) {
    Set<String> seen = new HashSet<>();
    for (Row row : rows) {
      String name = row.getAs("name");
      assertTrue(seen.add(name), name);
      Row prediction = row.getAs("prediction");
      if (name.equals("none")) {
        assertNull(prediction);
        continue;
      }
      assertEqual(expected.get(name), prediction, name);
    }
    assertEquals(IMAGES + 1, seen.size());
  }

  private void assertEqual(Prediction bare, Row prediction, String name) {
    if (!bare.isKnown()) {
      assertNull(prediction.getAs("label"), name);
      assertNull(prediction.getAs("probability"), name);
      assertNull(prediction.getAs("top"), name);
      assertNotNull(prediction.getAs("error"), name);
      return;
    }
    double[] probabilities = Softmax.probabilities(bare.logits());
    int likeliest = Softmax.likeliest(bare.logits());
    String label = model.classes().get(likeliest);
    assertNull(prediction.getAs("error"), name);
    assertEquals(label, prediction.getAs("label"), name);
    assertEquals(probabilities[likeliest], (double) prediction.getAs("probability"), name);
    List<Row> top = prediction.getList(prediction.fieldIndex("top"));
    assertEquals(5, top.size());
    assertEquals(label, top.get(0).getAs("label"));
    for (Row each : top) {
      int of = model.classes().indexOf(each.<String>getAs("label"));
      assertEquals(probabilities[of], (double) each.getAs("probability"), name);
    }
  }

  @Test
  void aTableGetsWhatThePredictorSaysToTheBit() {
    Dataset<Row> predicted = predictor.predict(photos, "content");
    assertEquals(List.of("name", "content", "prediction"), List.of(predicted.columns()));
    assertExpected(predicted.collectAsList());
  }

  @Test
  void sqlGetsTheSame() {
    predictor.register("convoy_predict");
    photos.createOrReplaceTempView("photos");
    assertExpected(
        spark
            .sql("SELECT name, convoy_predict(content) AS prediction FROM photos")
            .collectAsList());
    long known =
        spark.sql("SELECT name FROM photos WHERE convoy_predict(content).probability > 0").count();
    assertEquals(expected.values().stream().filter(Prediction::isKnown).count(), known);
  }

  /** Spark computes such a table on the driver, while it plans. */
  @Test
  void aSmallTableIsPredictedWhereThereIsNoTask() {
    String name = PredictSets.name(1);
    Dataset<Row> one =
        spark.createDataFrame(
            PhotoTables.of(spark, Map.of(name, images.get(name))).collectAsList(), photos.schema());
    List<Row> rows =
        one.select(
                functions.col("name"),
                predictor.function().apply(functions.col("content")).as("prediction"))
            .collectAsList();
    assertEquals(2, rows.size());
    for (Row row : rows) {
      if (row.getAs("name").equals(name)) {
        assertEqual(expected.get(name), row.getAs("prediction"), name);
      }
    }
  }

  @Test
  void aColumnOfPathsIsRead() {
    PredictSets.write(folder, images);
    Dataset<Row> paths =
        photos.select(
            functions.col("name"),
            functions
                .when(
                    functions.col("name").notEqual("none"),
                    functions.concat(functions.lit(folder + "/"), functions.col("name")))
                .as("file"));
    assertExpected(predictor.predict(paths, "file").collectAsList());
  }

  @Test
  void aPathThatLeadsNowhereGivesAnError() {
    Dataset<Row> paths = spark.sql("SELECT '/nowhere/a.jpg' AS file");
    Row prediction = predictor.predict(paths, "file").first().getAs("prediction");
    assertNull(prediction.getAs("label"));
    assertTrue(prediction.<String>getAs("error").contains("/nowhere/a.jpg"), prediction::toString);
  }

  @Test
  void allProbabilitiesComeWhereTheyAreWanted() {
    Dataset<Row> predicted = predictor.withProbabilities().predict(photos, "content", "p");
    for (Row row : predicted.select("name", "p.probabilities").collectAsList()) {
      Prediction bare = expected.get(row.getString(0));
      if (bare == null || !bare.isKnown()) {
        assertTrue(row.isNullAt(1));
        continue;
      }
      List<Double> probabilities = row.getList(1);
      double[] wanted = Softmax.probabilities(bare.logits());
      for (int label = 0; label < wanted.length; label++) {
        assertEquals(wanted[label], probabilities.get(label));
      }
    }
  }

  private String refused(Dataset<Row> table, String column, String into) {
    return assertThrows(ConvoyException.class, () -> predictor.predict(table, column, into))
        .getMessage();
  }

  @Test
  void columnsAreCheckedBeforeAnythingRuns() {
    assertEquals(
        "there is no column 'contents', did you mean 'content'? the table has name (string), content"
            + " (binary)",
        refused(photos, "contents", "p"));
    assertEquals(
        "the column 'n' must hold images' bytes (binary) or their paths (string); it holds bigint",
        refused(photos.groupBy("name").agg(functions.count("*").as("n")), "n", "p"));
    assertEquals(
        "the table has a column 'Name' already: drop it, or name another one for the predictions",
        refused(photos, "content", "Name"));
  }

  @Test
  void theFunctionSaysWhatItTakes() {
    predictor.register("convoy_predict");
    photos.createOrReplaceTempView("photos");
    SparkException refused =
        assertThrows(
            SparkException.class,
            () -> spark.sql("SELECT convoy_predict(name) AS p FROM photos").collectAsList());
    Throwable cause = refused;
    while (!(cause instanceof ConvoyException)) {
      cause = cause.getCause();
      assertNotNull(cause, refused::toString);
    }
    assertEquals(
        "the function takes images' bytes, a column of type binary; got a String: to read files, use"
            + " spark.read().format(\"binaryFile\"), and give it the column content",
        cause.getMessage());
  }
}
