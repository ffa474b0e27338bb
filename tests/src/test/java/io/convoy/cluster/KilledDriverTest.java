package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.recipe.Recipe;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is killed costs what came after the last checkpoint, and no bit. */
@Tag("slow")
class KilledDriverTest {
  private static final int EPOCH = 16; // 1501 samples in batches of 100
  private static final int EPOCHS = 8;
  private static final int LONG = 600;

  @TempDir Path folder;

  @Test
  void killedInMidEpochThenResumed() throws Exception {
    Path run = folder.resolve("run");
    try (DriverProcess driver = new DriverProcess(folder, run, "new", EPOCHS, 0)) {
      assertNotNull(driver.await(line -> line.equals("step " + (3 * EPOCH + 5))));
      driver.kill();
    }
    assertTrue(lastStepOfReport(run) >= EPOCH, "the report is that of a checkpoint");
    Recipe recipe = DriverMain.recipe(EPOCHS);
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
    assertEquals(truth.arraysSha256(), saved.arraysSha256());
    assertEquals(
        LongStream.rangeClosed(1, EPOCHS * EPOCH).boxed().toList(), Metrics.stepNumbers(run));
    assertResumedAtItsEnd(recipe, data, run);
  }

  private static int lastStepOfReport(Path run) throws IOException {
    Matcher step =
        Pattern.compile("\"lastStep\":(\\d+)")
            .matcher(Files.readString(run.resolve("report.html")));
    assertTrue(step.find());
    return Integer.parseInt(step.group(1));
  }

  /** A run that is over has nothing to gain from a resume, and nothing to lose. */
  private static void assertResumedAtItsEnd(Recipe recipe, DataSet data, Path run)
      throws IOException {
    String result = Files.readString(run.resolve("result.json"));
    try (JavaSparkContext spark = Sessions.local()) {
      TrainingOutcome again =
          new SparkTrainer(spark)
              .train(Runs.resume(recipe, data, run, 1), new TrainingListener() {});
      assertNotNull(again.trainLoss());
    }
    assertEquals(result, Files.readString(run.resolve("result.json")));
  }

  /**
   * The first driver has far to go and is in the middle of it when it is taken over: paused, so
   * that the second one gets to its end before the first can notice. Once it goes on, nothing but
   * the take-over ends it.
   */
  @Test
  void theDriverThatIsTakenOverStopsAndSaysWhy() throws Exception {
    Path run = folder.resolve("run");
    Recipe recipe = DriverMain.recipe(LONG);
    try (DriverProcess first = new DriverProcess(folder, run, "new", LONG, 0)) {
      // one checkpoint is saved and one waits at the most, so that the first epoch's is there now
      assertNotNull(first.await(line -> line.equals("step " + (4 * EPOCH + 1))));
      first.pause();
      long end = Runs.saved(recipe, run).step() + 4 * EPOCH;
      try (DriverProcess second = new DriverProcess(folder, run, "resume", LONG, end)) {
        assertEquals("done", second.await(KilledDriverTest::isEnd));
      }
      first.proceed();
      String why = first.await(KilledDriverTest::isEnd);
      assertNotNull(why);
      assertTrue(
          why.matches(
              "stopped: run .* was taken over by another driver: it is now owned by generation 2 .*;"
                  + " this one \\(generation 1 .*\\) stops and writes nothing more, so that two"
                  + " never train one run"),
          why);
      assertEquals(0, first.exitCode());
      TrainingState saved = Runs.saved(recipe, run);
      assertEquals(end, saved.step(), "the first one has written nothing more");
      TrainingState truth =
          Trainings.local(recipe.withMaxSteps(end), Trainings.data(folder, DriverMain.SAMPLES));
      assertEquals(truth.arraysSha256(), saved.arraysSha256());
    }
  }

  private static boolean isEnd(String line) {
    return line.startsWith("done") || line.startsWith("stopped");
  }
}
