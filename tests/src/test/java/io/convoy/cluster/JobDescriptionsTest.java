package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import io.convoy.worker.JobDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own pages say what each job is for. */
class JobDescriptionsTest {
  @TempDir Path folder;

  @Test
  void ofTasksThatExchange() {
    List<String> told = told(Sync.PEERS);
    List<String> steps = told.stream().filter(text -> text.contains("epoch")).toList();
    for (String text : steps) {
      assertTrue(
          text.matches("run: epochs? \\d( to \\d)?, steps? \\d+( to \\d+)?"), told::toString);
    }
    assertTrue(steps.get(0).matches(".*steps? 1( .*)?"), told::toString);
    assertTrue(steps.get(steps.size() - 1).endsWith(" 16"), told::toString);
    assertCommon(told);
  }

  @Test
  void ofStepsByTheDriver() {
    List<String> told = told(Sync.DRIVER);
    assertEquals(List.of("run: epoch 1, step 1", "run: epoch 1, step 2"), told.subList(0, 2));
    assertTrue(told.contains("run: epoch 2, step 16"), told::toString);
    assertCommon(told);
  }

  @Test
  void stepsInWords() {
    String run = "hdfs:///runs/fashion";
    assertEquals("fashion: epoch 3, steps 401 to 450", JobDescription.ofSteps(run, 401, 450, 200));
    assertEquals("fashion: epoch 2, step 400", JobDescription.ofSteps(run, 400, 400, 200));
    assertEquals(
        "fashion: epochs 2 to 3, steps 400 to 401", JobDescription.ofSteps(run, 400, 401, 200));
  }

  private static void assertCommon(List<String> told) {
    for (String text :
        List.of(
            "run: batch norm of the averaged weights after step 16",
            "run: validation after step 16",
            "run: test after step 16")) {
      assertTrue(told.contains(text), told::toString);
    }
    assertTrue(told.stream().allMatch(text -> text.startsWith("run: ")), told::toString);
  }

  /** What jobs were called, in their order; the session's own words stand again afterwards. */
  private List<String> told(Sync sync) {
    Recipe recipe =
        Trainings.averagedAtTheEnd(sync).toBuilder()
            .validation(new ValidationOptions(0.05, null))
            .build();
    DataSet data = Trainings.data(folder, 167);
    ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    Path run = folder.resolve("run");
    try (JavaSparkContext spark = Sessions.local()) {
      spark.setLocalProperty("spark.job.description", "a notebook's");
      spark
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onJobStart(SparkListenerJobStart job) {
                  told.add(String.valueOf(job.properties().get("spark.job.description")));
                }
              });
      new SparkTrainer(spark)
          .train(
              new TrainingJob(recipe, data, data, run.toString(), false, 1, 1),
              new TrainingListener() {});
      assertEquals("a notebook's", spark.getLocalProperty("spark.job.description"));
    } // its end hands on all events
    return List.copyOf(told);
  }
}
