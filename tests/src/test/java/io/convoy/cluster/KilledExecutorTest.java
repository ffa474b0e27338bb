package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationResult;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.worker.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor that is killed in mid-segment costs a segment, and no bit. */
@Tag("slow")
class KilledExecutorTest {
  @TempDir Path folder;

  @Test
  void killedInMidSegment() throws IOException {
    kill(Trainings.recipe(Trainings.MOMENTUM, 1000, 20, Sync.PEERS, 70));
  }

  @Test
  void killedInMidSegmentOfRoundsAndAverages() throws IOException {
    kill(
        Trainings.averagedAndClipped(Sync.PEERS).toBuilder()
            .batchSize(1000)
            .epochs(20)
            .checkpoint(new CheckpointOptions(70, 3))
            .build());
  }

  /**
   * Killed between a segment and its validation, whose blocks others then take. Without the plugin
   * steps are told when their segment has come to its end.
   */
  @Test
  void killedWhereAValidationIsDue() {
    Recipe recipe =
        Trainings.recipe(Trainings.MOMENTUM, 1000, 4, Sync.PEERS, 10).toBuilder()
            .validation(new ValidationOptions(0.1, null))
            .build();
    DataSet data = Trainings.data(folder, 6001);
    List<ValidationResult> quiet = new ArrayList<>();
    List<ValidationResult> disturbed = new ArrayList<>();
    boolean[] killed = {false};
    String expected;
    String weights;
    try (JavaSparkContext spark =
        new JavaSparkContext(Sessions.conf("local-cluster[2,1,1024]").set("spark.plugins", ""))) {
      SparkTrainer trainer = new SparkTrainer(spark);
      expected =
          trainer
              .train(
                  Runs.job(recipe, data, folder.resolve("quiet"), 2),
                  new TrainingListener() {
                    @Override
                    public void onValidation(ValidationResult result) {
                      quiet.add(result);
                    }
                  })
              .weightsSha256();
      List<Long> processes = processes(spark, 2);
      TrainingListener killer =
          new TrainingListener() {
            @Override
            public void onStep(StepReport report) {
              if (!killed[0] && report.step() == 10) {
                killed[0] = true;
                ProcessHandle process = ProcessHandle.of(processes.get(0)).orElseThrow();
                process.destroyForcibly();
                process.onExit().join();
              }
            }

            @Override
            public void onValidation(ValidationResult result) {
              disturbed.add(result);
            }
          };
      weights =
          trainer
              .train(Runs.job(recipe, data, folder.resolve("disturbed"), 2), killer)
              .weightsSha256();
    }
    assertTrue(killed[0]);
    assertEquals(expected, weights);
    assertEquals(quiet, disturbed);
    assertEquals(List.of(10L, 20L, 24L), quiet.stream().map(ValidationResult::step).toList());
  }

  private void kill(Recipe recipe) throws IOException {
    DataSet data = Trainings.data(folder, 6001);
    TrainingState truth = Trainings.local(recipe, data);
    Path run = folder.resolve("killed");
    List<String> restarts = new ArrayList<>();
    Thread test = Thread.currentThread();
    try (JavaSparkContext spark = Sessions.executors(2)) {
      List<Long> processes = processes(spark, 2);
      TrainingListener killer =
          new TrainingListener() {
            private boolean killed;

            @Override
            public void onStep(StepReport report) {
              // told on a thread of Spark's: live, so the executors are in the middle of a segment
              if (!killed && report.step() > 20 && Thread.currentThread() != test) {
                killed = true;
                ProcessHandle.of(processes.get(0)).orElseThrow().destroyForcibly();
              }
            }

            @Override
            public void onRestart(long step, String reason) {
              restarts.add(step + ": " + reason);
            }
          };
      new SparkTrainer(spark).train(Runs.job(recipe, data, run, 2), killer);
    }
    assertTrue(!restarts.isEmpty(), "no segment was lost: the kill came at no time that counts");
    TrainingState saved = Runs.saved(recipe, run);
    assertEquals(truth.arraysSha256(), saved.arraysSha256(), restarts.toString());
    assertEquals(
        LongStream.rangeClosed(1, truth.step()).boxed().toList(), Metrics.stepNumbers(run));
  }

  /** The executors' process ids, one for each. */
  static List<Long> processes(JavaSparkContext spark, int executors) {
    List<Object> pids =
        Tasks.together(
            spark,
            executors,
            partition -> {
              String pid = Long.toString(ProcessHandle.current().pid());
              return List.<Object>of(pid.getBytes(StandardCharsets.UTF_8)).iterator();
            });
    return pids.stream()
        .map(pid -> Long.parseLong(new String((byte[]) pid, StandardCharsets.UTF_8)))
        .distinct()
        .toList();
  }
}
