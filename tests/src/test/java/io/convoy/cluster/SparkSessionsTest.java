package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.convoy.checkpoint.Hdfs;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Softmax;
import io.convoy.ml.ImageClassifier;
import io.convoy.ml.ImageClassifierModel;
import io.convoy.ml.PhotoRecipe;
import io.convoy.predict.PredictSets;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import io.convoy.sql.ConvoyFunctions;
import io.convoy.sql.PhotoTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stages and functions on executors that are JVMs of their own, and in a driver that is another: it
 * loads a saved pipeline from a local folder and from a real HDFS.
 */
@Tag("slow")
@ExtendWith(Hdfs.class)
class SparkSessionsTest {
  @TempDir Path folder;
  private final Map<String, byte[]> images = PredictSets.images(PipelineMain.IMAGES);

  private Map<String, byte[]> whole() {
    Map<String, byte[]> whole = new HashMap<>();
    for (int number = 0; number < PipelineMain.IMAGES; number++) {
      if (!PredictSets.isBroken(number)) {
        whole.put(PredictSets.name(number), PredictSets.image(number));
      }
    }
    return whole;
  }

  @Test
  void aPipelinePredictsTheSameEverywhere(MiniDFSCluster cluster) throws Exception {
    String run = folder.resolve("run").toString();
    List<String> saved =
        List.of(folder.resolve("saved").toString(), cluster.getURI() + "/pipelines/saved");
    List<String> here;
    try (JavaSparkContext spark = Sessions.executors(2)) {
      SparkSession session = SparkSession.builder().config(spark.getConf()).getOrCreate();
      Dataset<Row> photos =
          PhotoTables.of(session, whole())
              .na()
              .drop()
              .withColumn("label", functions.col("name").substr(1, 1));
      ImageClassifier classifier =
          new ImageClassifier()
              .setInputCol("content")
              .setRecipe(PhotoRecipe.of(3))
              .setRunFolder(run)
              .setExecutors(2);
      PipelineModel model = new Pipeline().setStages(new PipelineStage[] {classifier}).fit(photos);
      for (String place : saved) {
        model.save(place);
      }
      Dataset<Row> all = PhotoTables.of(session, images);
      assertEqual(((ImageClassifierModel) model.stages()[0]).model(), model.transform(all));
      here = PipelineMain.lines(model.transform(all));
      sqlSaysTheSame(session, run, all);
      String alone = folder.resolve("alone").toString();
      classifier.setRunFolder(alone).setExecutors(1).fit(photos);
      assertArrayEquals(weights(run), weights(alone), "on two executors and on one");
    }
    for (String place : saved) {
      assertEquals(here, predictedElsewhere(place), place);
    }
  }

  /** What a driver that has nothing but the saved pipeline says of the images. */
  private static List<String> predictedElsewhere(String saved) throws Exception {
    List<String> rows = new ArrayList<>();
    try (DriverProcess driver = new DriverProcess(PipelineMain.class, "1g", saved)) {
      for (String line = row(driver); line != null; line = row(driver)) {
        rows.add(line);
      }
      assertEquals(0, driver.exitCode());
    }
    return rows;
  }

  private static float[] weights(String run) {
    return Models.load(run, WhichCheckpoint.NEWEST, new Configuration()).weights();
  }

  private static String row(DriverProcess driver) throws IOException {
    return driver.await(line -> line.startsWith("row: "));
  }

  private void assertEqual(Model model, Dataset<Row> predicted) {
    Map<String, Prediction> expected = PredictSets.expected(model, images, null);
    for (Row row : predicted.collectAsList()) {
      Prediction bare = expected.get(row.<String>getAs("name"));
      if (bare == null || !bare.isKnown()) {
        assertNull(row.getAs("prediction"));
        continue;
      }
      assertArrayEquals(
          Softmax.probabilities(bare.logits()), row.<Vector>getAs("probability").toArray());
    }
  }

  private void sqlSaysTheSame(SparkSession session, String run, Dataset<Row> all) {
    ConvoyFunctions.register(session, "convoy_predict", run);
    all.createOrReplaceTempView("photos");
    Model model = Models.load(run, WhichCheckpoint.NEWEST, new Configuration());
    Map<String, Prediction> expected = PredictSets.expected(model, images, null);
    String query =
        "SELECT name, p.probability FROM (SELECT name, convoy_predict(content) p FROM photos)";
    for (Row row : session.sql(query).collectAsList()) {
      Prediction bare = expected.get(row.getString(0));
      if (bare == null || !bare.isKnown()) {
        assertNull(row.get(1));
        continue;
      }
      double[] probabilities = Softmax.probabilities(bare.logits());
      assertEquals(probabilities[Softmax.likeliest(bare.logits())], row.getDouble(1));
    }
  }
}
