package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.reader.FileOrder;
import io.convoy.data.reader.Pack;
import io.convoy.data.reader.Reading;
import io.convoy.data.reader.Table;
import io.convoy.ensemble.Ensemble;
import io.convoy.ensemble.OutputAverage;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.ClassWeights;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.job.ImagePack;
import io.convoy.pack.job.PackListener;
import io.convoy.pack.job.PackOptions;
import io.convoy.predict.BatchPrediction;
import io.convoy.predict.PredictListener;
import io.convoy.predict.PredictOptions;
import io.convoy.predict.RowFormat;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.run.Models;
import io.convoy.run.RunFolder;
import io.convoy.run.WhichCheckpoint;
import io.convoy.train.LocalTrainer;
import io.convoy.train.ValidationResult;
import io.convoy.trainer.Evaluation;
import io.convoy.trainer.SparkEvaluator;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several labels an image, from a table to rows of predictions: the same on any cluster. */
@Tag("slow")
final class SeveralLabelsClusterTest {
  private static final int IMAGES = 203;

  @TempDir Path folder;

  /** Ten labels, of which an image has none to seven. */
  private void draw() throws IOException {
    StringBuilder rows = new StringBuilder("path,labels\n");
    Files.createDirectories(folder.resolve("images"));
    for (int i = 0; i < IMAGES; i++) {
      Files.write(folder.resolve("images/%s.png".formatted(i)), DrawnImages.png(i, 13, 13));
      int bits = i * 37 % 1024;
      List<String> labels =
          IntStream.range(0, 10).filter(c -> ((bits >> c) & 1) == 1).mapToObj(c -> "" + c).toList();
      rows.append("images/%s.png,%s\n".formatted(i, String.join(" ", labels)));
    }
    Files.writeString(folder.resolve("train.csv"), rows);
  }

  private static Recipe recipe(DataOptions data) {
    return Trainings.averagedAndClipped(Sync.PEERS).toBuilder()
        .loss(new BinaryCrossEntropy(0, ClassWeights.BALANCED))
        .data(data)
        .validation(new ValidationOptions(0.2, null))
        .build();
  }

  private static String local(Recipe recipe, DataSet set) {
    try (SampleSource source = set.open(new LocalFiles());
        LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 2)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.state().weightsSha256();
    }
  }

  @Test
  void anyNumberOfExecutorsGivesTheSameBits() throws IOException {
    draw();
    Recipe recipe = recipe(new DataOptions(new Table(), null, null).withLabelDelimiter(" "));
    DataSet set = recipe.data().training(new LocalFiles(), folder.toString(), 1);
    String expected = local(recipe, set);
    String figures = null;
    List<ValidationResult> validations = null;
    String rows = null;
    for (int executors = 1; executors <= 2; executors++) {
      try (JavaSparkContext spark = Sessions.executors(executors)) {
        Path run = folder.resolve("run-" + executors);
        assertEquals(
            expected,
            new SparkTrainer(spark)
                .train(Runs.job(recipe, set, run, executors), new TrainingListener() {})
                .weightsSha256());
        List<ValidationResult> validated =
            RunFolder.open(run.toString(), new Configuration()).saved().validations();
        assertEquals(41, validated.get(0).samples());
        assertEquals(validations == null ? validated : validations, validated);
        validations = validated;
        Model model = Models.load(run.toString(), WhichCheckpoint.NEWEST, new Configuration());
        assertTrue(model.severalLabels());
        Evaluation found =
            new SparkEvaluator(spark)
                .evaluate(
                    model.preprocessing().appliedTo(recipe), model.weights(), set, executors, 1);
        requireWhole(found);
        String json = Json.text(found.report());
        assertEquals(figures == null ? json : figures, json);
        figures = json;
        String predicted = predicted(spark, model, folder.resolve("rows-" + executors));
        assertEquals(rows == null ? predicted : rows, predicted);
        rows = predicted;
        ConvoyException e =
            assertThrows(
                ConvoyException.class,
                () -> new Ensemble("two", List.of(model, model), OutputAverage.equal(2)));
        assertTrue(e.getMessage().contains("gives an image several labels"), e.getMessage());
      }
    }
  }

  private static void requireWhole(Evaluation found) {
    EvaluationReport report = found.report();
    assertEquals(IMAGES, report.samples());
    assertEquals(found.result().accuracy(), report.accuracy().value());
    assertEquals(found.result().loss(), report.loss().value(), 1e-6);
    assertTrue(report.meanAveragePrecision() > 0.4, report.meanAveragePrecision().toString());
    assertEquals(10, report.classes().size());
  }

  /** The rows as text; labels are the classes whose probability is above one half. */
  private String predicted(JavaSparkContext spark, Model model, Path out) throws IOException {
    PredictOptions options = PredictOptions.STANDARD.withFormat(RowFormat.JSONL).withAll(null);
    new BatchPrediction(spark, model, options, PredictListener.NONE)
        .run(folder.resolve("images").toString(), null, out.toString(), false);
    List<String> rows = new ArrayList<>();
    try (Stream<Path> parts = Files.list(out)) {
      for (Path part : parts.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList()) {
        rows.addAll(Files.readAllLines(part));
      }
    }
    assertEquals(IMAGES, rows.size());
    for (String text : rows) {
      JsonNode row = Json.readFile(text.getBytes(StandardCharsets.UTF_8), JsonNode.class, "row");
      List<String> labels = new ArrayList<>();
      row.path("labels").forEach(label -> labels.add(label.textValue()));
      List<String> likely =
          IntStream.range(0, 10)
              .filter(c -> row.path("probabilities").path(c).doubleValue() > 0.5)
              .mapToObj(model.classes()::get)
              .toList();
      assertEquals(likely, labels.stream().sorted().toList());
      assertEquals(
          labels.isEmpty() ? row.path("label").textValue() : labels.get(0),
          row.path("label").textValue());
    }
    return String.join("\n", rows);
  }

  /** A pack trains as its table does in the pack's order. */
  @Test
  void aPackGivesTheBitsOfItsTable() throws IOException {
    draw();
    String out = folder.resolve("pack").toString();
    Recipe recipe =
        recipe(
            new DataOptions(new Table(), null, null)
                .withLabelDelimiter(" ")
                .withOrder(FileOrder.PACK));
    DataSet table = recipe.data().training(new LocalFiles(), folder.toString(), 1);
    Recipe onPack = recipe(new DataOptions(new Pack(), null, null));
    try (JavaSparkContext spark = Sessions.executors(2)) {
      ImagePack.pack(
          spark,
          folder.resolve("train.csv").toString(),
          out,
          null,
          PackOptions.DEFAULT.withLabelDelimiter(" "),
          PackListener.NONE);
      DataSet packed = new Pack().training(new LocalFiles(), out, Reading.of(1));
      String weights =
          new SparkTrainer(spark)
              .train(Runs.job(onPack, packed, folder.resolve("run"), 2), new TrainingListener() {})
              .weightsSha256();
      assertEquals(local(recipe, table), weights);
    }
  }
}
