package io.convoy.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.CapturedLog;
import io.convoy.data.reader.Table;
import io.convoy.error.ConvoyException;
import io.convoy.inference.ClassProbability;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Sigmoid;
import io.convoy.inference.Softmax;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.predict.PredictSets;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import io.convoy.sql.ClassicSession;
import io.convoy.sql.ImagePredictor;
import io.convoy.sql.PhotoTables;
import io.convoy.trainer.EpochReporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageClassifierTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  private static SparkSession spark;

  private final Map<String, byte[]> images = whole(120);

  @TempDir Path folder;
  private Dataset<Row> photos;
  private Path run;

  /** As strict as the launcher's own: nothing goes by Kryo that is not registered. */
  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .appName("convoy-tests")
            .master("local[2]")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "WARN")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.kryo.registrationRequired", "true")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Images that can be read. */
  private static Map<String, byte[]> whole(int count) {
    Map<String, byte[]> images = new HashMap<>();
    for (int number = 0; number < count; number++) {
      if (!PredictSets.isBroken(number)) {
        images.put(PredictSets.name(number), PredictSets.image(number));
      }
    }
    return images;
  }

  @BeforeEach
  void read() {
    run = folder.resolve("runs").resolve("7");
    photos =
        PhotoTables.of(spark, images)
            .where("content is not null")
            .withColumn("label", functions.col("name").substr(1, 1));
  }

  private ImageClassifier classifier() {
    return new ImageClassifier()
        .setInputCol("content")
        .setRecipe(PhotoRecipe.of(3))
        .setRunFolder(run.toString());
  }

  private Model trained() {
    return Models.load(run.toString(), WhichCheckpoint.NEWEST, new Configuration());
  }

  private void assertPredicts(Model model, Dataset<Row> predicted) {
    Map<String, Prediction> expected = PredictSets.expected(model, images, null);
    List<Row> rows = predicted.collectAsList();
    assertEquals(images.size(), rows.size());
    for (Row row : rows) {
      Prediction bare = expected.get(row.<String>getAs("name"));
      double[] probabilities = row.<Vector>getAs("probability").toArray();
      assertArrayEquals(Softmax.probabilities(bare.logits()), probabilities);
      assertEquals(model.classes().get(Softmax.likeliest(bare.logits())), row.getAs("prediction"));
      assertNull(row.getAs("error"));
    }
  }

  @Test
  void aTableOfBytesIsTrainedAndPredicted() throws IOException {
    ImageClassifierModel model = classifier().fit(photos);
    assertEquals(CLASSES, model.classes());
    assertPredicts(trained(), model.transform(photos));
    assertTrue(Files.exists(run.resolve("result.json")));
    try (Stream<Path> beside = Files.list(run.getParent())) {
      assertEquals(List.of(run), beside.toList(), "the packed set is gone");
    }
    assertEquals(Map.of(), ClassicSession.context(spark).getPersistentRDDs(), "so is the table");
  }

  /** As lists, and as text; of a, of b and of c are lists of three, two and one. */
  @Test
  void severalLabelsAreTrainedAndPredicted() {
    Dataset<Row> lists =
        photos.withColumn(
            "label", functions.expr("filter(array('a', 'b', 'c'), x -> x >= substr(name, 1, 1))"));
    Recipe recipe = PhotoRecipe.of(3).toBuilder().loss(BinaryCrossEntropy.PLAIN).build();
    ImageClassifierModel model = classifier().setRecipe(recipe).fit(lists);
    assertEquals(CLASSES, model.classes());
    assertTrue(model.model().severalLabels());
    Map<String, Prediction> expected = PredictSets.expected(model.model(), images, null);
    for (Row row : model.transform(photos).collectAsList()) {
      assertArrayEquals(
          Sigmoid.probabilities(expected.get(row.<String>getAs("name")).logits()),
          row.<Vector>getAs("probability").toArray());
    }
    Dataset<Row> predicted = ImagePredictor.of(spark, model.model()).predict(photos, "content");
    for (Row row : predicted.select("name", "prediction.labels").collectAsList()) {
      double[] probabilities = expected.get(row.getString(0)).probabilities();
      assertEquals(ClassProbability.labels(probabilities, CLASSES), row.getList(1));
    }
    Recipe text =
        recipe.toBuilder()
            .data(new DataOptions(new Table(), null, null).withLabelDelimiter("|"))
            .build();
    Dataset<Row> joined = lists.withColumn("label", functions.expr("concat_ws('|', label)"));
    ImageClassifierModel other =
        classifier().setRunFolder(folder.resolve("other").toString()).setRecipe(text).fit(joined);
    assertEquals(CLASSES, other.classes());
    assertTrue(other.model().severalLabels());
  }

  /** By whoever asks for it, also as a stage of a pipeline, which copies its stages. */
  @Test
  void progressIsTold() {
    List<String> lines = new ArrayList<>();
    Recipe recipe = PhotoRecipe.of(3).toBuilder().epochs(2).build();
    ImageClassifier stage =
        classifier().setRecipe(recipe).setListener(new EpochReporter(lines::add));
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {stage});
    pipeline.fit(photos, new ParamMap().put(stage.executors(), 1));
    String figures = ": loss \\d\\.\\d{4}, accuracy \\d+\\.\\d %, [\\d,]+ images/s";
    List<String> expected =
        List.of(
            "data: 114 training images, 3 classes",
            "data: not all images have the network's input size.*",
            "training: steps 1 to 16, 8 an epoch",
            "epoch 1/2" + figures + ", \\d+:\\d\\d left",
            "epoch 2/2" + figures);
    assertEquals(expected.size(), lines.size(), lines::toString);
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(lines.get(i).matches(expected.get(i)), lines.get(i));
    }
  }

  @Test
  void theLogTellsOfProgressWhereNobodyAsks() {
    try (CapturedLog log = new CapturedLog(ImageClassifier.class)) {
      classifier().fit(photos);
      assertEquals(4, log.lines().size(), () -> log.lines().toString());
      assertTrue(log.lines().get(3).startsWith("INFO epoch 1/1: loss "), log.lines().get(3));
    }
  }

  /** As a notebook has it: the launcher, which reads YAML, is in the one jar. */
  @Test
  void aRecipeIsTextToo() {
    String yaml =
        """
        name: photos
        data: {format: folders, size: [32, 32]}
        network: {type: resnet-20, input: [32, 32, 3], classes: 3}
        batchSize: 32
        epochs: 1
        maxSteps: 1
        optimizer: {type: sgd}
        schedule: {type: constant, rate: 0.05}
        """;
    ImageClassifierModel model = classifier().setRecipe(yaml).fit(photos);
    assertPredicts(trained(), model.transform(photos));
  }

  @Test
  void pathsAndWholeNumbersAreTaken() {
    PredictSets.write(folder.resolve("photos"), images);
    Dataset<Row> numbered =
        photos.select(
            functions
                .concat(functions.lit(folder.resolve("photos") + "/"), functions.col("name"))
                .as("file"),
            functions.ascii(functions.col("label")).cast("double").as("number"));
    ImageClassifierModel model =
        classifier().setInputCol("file").setLabelCol("number").fit(numbered);
    assertEquals(List.of("97", "98", "99"), model.classes());
    assertEquals(images.size(), model.transform(numbered).where("prediction is not null").count());
  }

  @Test
  void aPipelineIsSavedAndLoadedWithoutItsRun() throws IOException {
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {classifier().setErrorCol("error")});
    PipelineModel fitted = pipeline.fit(photos);
    Model model = trained();
    String saved = folder.resolve("saved").toString();
    fitted.write().overwrite().save(saved);
    Files.move(run, folder.resolve("away"));
    PipelineModel loaded = PipelineModel.load(saved);
    assertPredicts(model, loaded.transform(photos));
    ImageClassifierModel stage = (ImageClassifierModel) loaded.stages()[0];
    assertEquals(ConvolutionAlgorithm.DIRECT, stage.model().convolution(), "the run's own");
    assertEquals("content", stage.getOrDefault(stage.inputCol()));
    ConvoyException gone =
        assertThrows(
            ConvoyException.class,
            () -> fitted.write().overwrite().save(folder.resolve("again").toString()));
    assertTrue(
        gone.getMessage().contains("leave its run where it is until then"), gone::getMessage);
  }

  @Test
  void theEstimatorIsSavedWithItsRecipe() throws IOException {
    String saved = folder.resolve("estimator").toString();
    classifier().setExecutors(2).setThreads(3).save(saved);
    ImageClassifier loaded = ImageClassifier.load(saved);
    assertEquals(2, loaded.getOrDefault(loaded.executors()));
    assertEquals(3, loaded.getOrDefault(loaded.threads()));
    assertPredicts(
        loaded.setExecutors(1).setThreads(1).fit(photos).model(),
        ImageClassifierModel.ofRun(spark, run.toString()).setInputCol("content").transform(photos));
  }

  @Test
  void columnsWithoutANameAreLeftOut() {
    ImageClassifierModel model = classifier().fit(photos);
    ParamMap none = new ParamMap().put(model.probabilityCol(), "").put(model.predictionCol(), "is");
    Dataset<Row> predicted = model.copy(none).transform(photos);
    assertEquals(List.of("name", "content", "label", "is", "error"), List.of(predicted.columns()));
    assertEquals(
        model.copy(none).transformSchema(photos.schema()).simpleString(),
        predicted.schema().simpleString());
  }

  @Test
  void brokenImagesHaveAnErrorAndNullsNothing() {
    ImageClassifierModel model = classifier().fit(photos);
    byte[] broken = PredictSets.image(7);
    for (Row row :
        model.transform(PhotoTables.of(spark, Map.of("broken", broken))).collectAsList()) {
      assertNull(row.getAs("prediction"));
      assertNull(row.getAs("probability"));
      if (row.getAs("name").equals("broken")) {
        assertNotNull(row.getAs("error"));
      } else {
        assertNull(row.getAs("error"));
      }
    }
  }

  private String refused(ImageClassifier classifier, Dataset<Row> table) {
    String message = assertThrows(ConvoyException.class, () -> classifier.fit(table)).getMessage();
    assertFalse(Files.exists(run), message);
    return message;
  }

  @Test
  void nullsAreRefusedByColumnAndCount() {
    Dataset<Row> holes =
        photos
            .withColumn("label", functions.expr("if(label = 'a', null, label)"))
            .withColumn("content", functions.expr("if(label = 'b', null, content)"));
    long a = images.keySet().stream().filter(name -> name.startsWith("a")).count();
    long b = images.keySet().stream().filter(name -> name.startsWith("b")).count();
    assertEquals(
        ("every row needs an image and a label: the column 'content' is null in %s; the column"
                + " 'label' is null in %s, of %s rows: mend them, or leave them out, as by"
                + " table.na().drop()")
            .formatted(b, a, images.size()),
        refused(classifier(), holes));
  }

  @Test
  void labelsAreTextOrWhole() {
    Dataset<Row> halves =
        photos.withColumn(
            "label", functions.expr("if(label = 'a', 0.5D, if(label = 'b', double('NaN'), 2D))"));
    long broken = images.keySet().stream().filter(name -> !name.startsWith("c")).count();
    assertTrue(
        refused(classifier(), halves)
            .contains("the column 'label' is no whole number in " + broken + ", of"));
    assertEquals(
        "the column 'label' must hold labels: text (string), whole numbers (int, bigint, double), or"
            + " lists of text (array<string>); it holds boolean",
        refused(classifier(), photos.withColumn("label", functions.lit(true))));
  }

  @Test
  void whatIsMissingIsSaid() {
    assertEquals(
        "runFolder is missing, the run's folder, where nothing is yet: give it by setRunFolder",
        refused(new ImageClassifier().setInputCol("content").setRecipe(PhotoRecipe.of(3)), photos));
    assertTrue(
        refused(classifier().setLabelCol("class"), photos)
            .startsWith("there is no column 'class'"));
    assertTrue(
        refused(classifier(), photos.withColumn("Prediction", functions.lit(1)))
            .startsWith("the table has a column 'prediction' already"));
    assertTrue(
        refused(classifier().setRecipe("quickest"), photos)
            .startsWith("there is no recipe 'quickest', did you mean 'quickstart'?"));
  }

  @Test
  void anImageMayStandTwice() {
    ImageClassifierModel model = classifier().fit(photos.unionAll(photos));
    assertEquals(2 * images.size(), model.transform(photos.unionAll(photos)).count());
  }

  @Test
  void aRunIsNeverWrittenOver() {
    classifier().fit(photos);
    ConvoyException refused = assertThrows(ConvoyException.class, () -> classifier().fit(photos));
    assertTrue(refused.getMessage().contains(run.toString()), refused::getMessage);
  }
}
