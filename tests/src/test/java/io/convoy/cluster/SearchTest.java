package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.recipe.Recipe;
import io.convoy.search.PartResult;
import io.convoy.search.SearchOptions;
import io.convoy.search.SearchReport;
import io.convoy.search.TrialResult;
import io.convoy.train.ValidationResult;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trials.SearchListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a search comes to is the same wherever its trials run. */
class SearchTest {
  private static final int IMAGES = 157;
  static final SearchOptions OPTIONS = new SearchOptions(7, 1, 4, 2, 0, 5);
  private static final SearchOptions FOLDS = new SearchOptions(3, 1, 2, 2, 3, 5);

  private static final SearchListener NONE = new SearchListener() {};

  @TempDir Path folder;

  @Test
  void theTableIsTheSameOnAnyNumberOfExecutors() {
    DataSet data = Trainings.data(folder, IMAGES);
    SearchReport here;
    SearchReport folds;
    try (JavaSparkContext spark = Sessions.local()) {
      here =
          Searches.run(
              spark, Searches.job(data, folder.resolve("here"), OPTIONS, false, 1, 1), NONE);
      folds =
          Searches.run(
              spark, Searches.job(data, folder.resolve("folds"), FOLDS, false, 1, 1), NONE);
      isThatOfATraining(spark, data, here);
    }
    assertEquals(List.of(1, 2, 4), here.rungs());
    assertEquals(
        List.of(4, 2, 2, 1, 1, 1, 1), here.trials().stream().map(TrialResult::epochs).toList());
    assertTrue(folds.trials().get(0).lossSpread() > 0);
    try (JavaSparkContext spark = Sessions.executors(2)) {
      assertEquals(
          Searches.table(here),
          Searches.table(
              Searches.run(
                  spark, Searches.job(data, folder.resolve("two"), OPTIONS, false, 2, 1), NONE)));
      assertEquals(
          Searches.table(folds),
          Searches.table(
              Searches.run(
                  spark, Searches.job(data, folder.resolve("six"), FOLDS, false, 2, 1), NONE)));
    }
    // two tasks side by side in one executor
    try (JavaSparkContext spark = new JavaSparkContext(Sessions.conf("local-cluster[1,2,1024]"))) {
      assertEquals(
          Searches.table(here),
          Searches.table(
              Searches.run(
                  spark, Searches.job(data, folder.resolve("one"), OPTIONS, false, 1, 2), NONE)));
    }
  }

  /** A trial that went rung by rung has the figures of its recipe's training on Spark. */
  private void isThatOfATraining(JavaSparkContext spark, DataSet data, SearchReport report) {
    TrialResult best = report.trials().get(0);
    Recipe trial = OPTIONS.trial(Searches.recipe(best.values()));
    List<ValidationResult> validations = new ArrayList<>();
    var unused =
        new SparkTrainer(spark)
            .train(
                Runs.job(trial, data, folder.resolve("training"), 1),
                new TrainingListener() {
                  @Override
                  public void onValidation(ValidationResult result) {
                    validations.add(result);
                  }
                });
    ValidationResult last = validations.get(validations.size() - 1);
    assertEquals(best.loss(), last.loss());
    assertEquals(best.accuracy(), last.accuracy());
  }

  @Test
  @Tag("slow")
  void aLostExecutorsTrialsAreTrainedAgain() {
    DataSet data = Trainings.data(folder, IMAGES);
    boolean[] killed = {false};
    List<String> quiet;
    try (JavaSparkContext spark = Sessions.executors(2)) {
      quiet =
          Searches.table(
              Searches.run(
                  spark, Searches.job(data, folder.resolve("quiet"), OPTIONS, false, 2, 1), NONE));
      List<Long> processes = KilledExecutorTest.processes(spark, 2);
      SearchListener killer =
          new SearchListener() {
            @Override
            public void onPart(PartResult part, int done) {
              if (!killed[0] && part.epochs() > 1) {
                killed[0] = true;
                ProcessHandle.of(processes.get(0)).orElseThrow().destroyForcibly();
              }
            }
          };
      assertEquals(
          quiet,
          Searches.table(
              Searches.run(
                  spark, Searches.job(data, folder.resolve("out"), OPTIONS, false, 2, 1), killer)));
    }
    assertTrue(killed[0]);
  }

  @Test
  @Tag("slow")
  void aKilledSearchGoesOn() throws IOException, InterruptedException {
    DataSet data = Trainings.data(folder, IMAGES);
    Path out = folder.resolve("out");
    try (DriverProcess driver = driver(out, "stop")) {
      assertEquals("stops", driver.await(line -> line.equals("stops")));
      driver.kill();
    }
    assertFalse(out.resolve("search.json").toFile().exists());
    List<String> rows = new ArrayList<>();
    try (DriverProcess driver = driver(out, "go on")) {
      String before = driver.await(line -> line.startsWith("going on with the "));
      int results = Integer.parseInt(before.split(" ")[4]);
      assertTrue(results > OPTIONS.trials(), before);
      driver.await(
          line -> {
            rows.add(line);
            return line.equals("done");
          });
      assertEquals(0, driver.exitCode());
    }
    rows.removeIf(line -> !line.startsWith("row "));
    try (JavaSparkContext spark = Sessions.local()) {
      List<String> whole =
          Searches.table(
              Searches.run(
                  spark, Searches.job(data, folder.resolve("whole"), OPTIONS, false, 1, 1), NONE));
      assertEquals(whole.stream().map(line -> "row " + line).toList(), rows);
    }
  }

  private DriverProcess driver(Path out, String how) throws IOException {
    return new DriverProcess(
        SearchMain.class, "1g", folder.toString(), "" + IMAGES, out.toString(), how);
  }
}
