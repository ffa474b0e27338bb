package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Standardization;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.data.reader.Folders;
import io.convoy.evaluation.ClassFigures;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.evaluation.Mistake;
import io.convoy.json.Json;
import io.convoy.pack.DrawnImages;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.train.TrainingState;
import io.convoy.trainer.Evaluation;
import io.convoy.trainer.SparkEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a network is the same, however many executors share out the images. */
@Tag("slow")
final class EvaluationReportTest {
  /** No multiple of a block, so that the last one is cut. */
  private static final int IMAGES = 333;

  @TempDir Path folder;

  @Test
  void eachImageCountsOnceOnAnyNumberOfExecutors() throws IOException {
    for (int i = 0; i < IMAGES; i++) {
      Path path = folder.resolve("images/class %s/%s.png".formatted(i * 7 % 10, i));
      Files.createDirectories(path.getParent());
      Files.write(path, DrawnImages.png(i, 13, 13));
    }
    DataSet set = new FolderDataSet(folder + "/images", 1);
    Recipe recipe =
        Trainings.recipe(Trainings.MOMENTUM, 40, 1, Sync.PEERS).toBuilder()
            .data(new DataOptions(new Folders(), null, null))
            .build();
    TrainingState state = Trainings.local(recipe, set);
    Recipe measured;
    try (SampleSource source = set.open(new LocalFiles())) {
      measured = recipe.withStandardization(Standardization.of(source));
    }
    String first = null;
    for (int executors = 1; executors <= 4; executors++) {
      try (JavaSparkContext spark = Sessions.executors(executors)) {
        Evaluation found =
            new SparkEvaluator(spark).evaluate(measured, state.weights(), set, executors, 1);
        String json = Json.text(found.report());
        assertEquals(first == null ? json : first, json);
        first = json;
        requireWhole(found);
      }
    }
  }

  private static void requireWhole(Evaluation found) {
    EvaluationReport report = found.report();
    assertEquals(IMAGES, report.samples());
    assertEquals(found.result().accuracy(), report.accuracy().value());
    assertEquals(found.result().loss(), report.loss().value(), 1e-6);
    assertEquals(IMAGES, report.classes().stream().mapToLong(ClassFigures::support).sum());
    long mistakes =
        report.confusion().stream()
            .filter(cell -> cell.label() != cell.predicted())
            .mapToLong(cell -> cell.images())
            .sum();
    assertEquals(IMAGES - found.result().correct(), mistakes);
    List<Mistake> told = report.mistakes();
    assertEquals(Math.min(64, mistakes), told.size());
    for (Mistake mistake : told) {
      String label = mistake.label();
      assertTrue(mistake.path().contains("/images/" + label + "/"), mistake.path());
    }
  }
}
