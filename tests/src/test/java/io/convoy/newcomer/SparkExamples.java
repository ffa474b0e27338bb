package io.convoy.newcomer;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Predictor;
import io.convoy.inference.Softmax;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.ml.ImageClassifier;
import io.convoy.recipe.Recipe;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import io.convoy.sql.ConvoyFunctions;
import io.convoy.sql.ImagePredictor;
import io.convoy.train.LocalTrainer;
import io.convoy.trainer.EpochReporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What docs/spark.md shows, by section, between the marks: compiled, and run by a test. */
final class SparkExamples {
  private SparkExamples() {}

  // docs/spark.md: A table of images
  static Dataset<Row> labelled(SparkSession spark, String run, String photos) {
    Dataset<Row> files = spark.read().format("binaryFile").load(photos + "/*.png");
    ImagePredictor predictor = ImagePredictor.load(spark, run);
    return predictor
        .predict(files, "content")
        .select("path", "prediction.label", "prediction.probability", "prediction.error");
  }

  // docs/spark.md: end

  static void register(SparkSession spark, String run) {
    // docs/spark.md: A function for SQL
    ConvoyFunctions.register(spark, "convoy_predict", run);
    // docs/spark.md: end
  }

  // docs/spark.md: Training in a pipeline
  static PipelineModel trained(Dataset<Row> photos, String recipe, String run, String saved)
      throws IOException {
    ImageClassifier classifier =
        new ImageClassifier()
            .setInputCol("content")
            .setLabelCol("kind")
            .setRecipe(recipe)
            .setRunFolder(run)
            .setExecutors(2)
            .setListener(new EpochReporter(System.out::println));
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {classifier}).fit(photos);
    model.save(saved);
    return PipelineModel.load(saved);
  }

  // docs/spark.md: end

  // docs/spark.md: One file, without Spark
  static String classOf(String run, Path photo) throws IOException {
    Model model = Models.load(run, WhichCheckpoint.NEWEST, new Configuration());
    try (WorkPool pool = new WorkPool(4);
        Predictor predictor = new Predictor(model, KernelProvider.kernels(), pool)) {
      byte[] bytes = Files.readAllBytes(photo);
      Prediction prediction = predictor.predict(EncodedImage.of(photo.toString(), bytes));
      return prediction.isKnown()
          ? model.classes().get(Softmax.likeliest(prediction.logits()))
          : prediction.error();
    }
  }

  // docs/spark.md: end

  // docs/spark.md: A training, without Spark
  static String weightsSha256(Recipe recipe, DataSet images) {
    try (SampleSource source = images.open(new LocalFiles());
        LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 4)) {
      trainer.train(
          trainer.totalSteps(), report -> System.out.println(report.step() + ": " + report.loss()));
      return trainer.state().weightsSha256();
    }
  }
  // docs/spark.md: end
}
