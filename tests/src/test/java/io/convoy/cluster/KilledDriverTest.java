package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.train.Recipe;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is killed costs what came after the last checkpoint, and no bit. */
@Tag("slow")
class KilledDriverTest {
  private static final int EPOCH = 16; // 1501 samples in batches of 100

  @TempDir Path folder;

  @Test
  void killedInMidEpochThenResumed() throws Exception {
    Path run = folder.resolve("run");
    try (DriverProcess driver = new DriverProcess(folder, run, "new")) {
      assertNotNull(driver.await(line -> line.equals("step " + (3 * EPOCH + 5))));
      driver.kill();
    }
    Recipe recipe = DriverMain.recipe();
    DataSet data = Trainings.data(folder, DriverMain.SAMPLES);
    long[] from = {-1};
    try (JavaSparkContext spark = Sessions.local()) {
      new SparkTrainer(spark)
          .train(
              Runs.resume(recipe, data, run, 1),
              new TrainingListener() {
                @Override
                public void onStart(long start, long total, long stepsPerEpoch) {
                  from[0] = start;
                }
              });
    }
    assertTrue(from[0] >= EPOCH, "resumed from " + from[0]);
    TrainingState truth = Trainings.local(recipe, data);
    TrainingState saved = Runs.saved(recipe, run);
    assertEquals(truth.weightsSha256(), saved.weightsSha256());
    assertEquals(truth.slotsSha256(), saved.slotsSha256());
    List<String> metrics = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertEquals(8 * EPOCH, metrics.size(), "each step stands once in the metrics");
  }

  @Test
  void theDriverThatIsTakenOverStopsAndSaysWhy() throws Exception {
    Path run = folder.resolve("run");
    try (DriverProcess first = new DriverProcess(folder, run, "new")) {
      assertNotNull(first.await(line -> line.equals("step " + EPOCH)));
      try (DriverProcess second = new DriverProcess(folder, run, "resume")) {
        String end = second.await(line -> line.startsWith("done") || line.startsWith("stopped"));
        String firstEnd =
            first.await(line -> line.startsWith("done") || line.startsWith("stopped"));
        assertNotNull(end);
        assertNotNull(firstEnd);
        assertTrue(
            firstEnd.startsWith("stopped") ? firstEnd.contains("generation") : end.equals("done"),
            firstEnd + " / " + end);
      }
    }
    Recipe recipe = DriverMain.recipe();
    TrainingState truth = Trainings.local(recipe, Trainings.data(folder, DriverMain.SAMPLES));
    assertEquals(truth.weightsSha256(), Runs.saved(recipe, run).weightsSha256());
  }
}
