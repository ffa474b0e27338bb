package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.digest.Sha256;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.schedule.Cycles;
import io.convoy.train.StepReport;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snapshots of a cyclic schedule: kept, told, and the same whatever a run goes through. */
class SnapshotsTest {
  /** Of 16 steps, with a checkpoint after each third step of which the newest stays. */
  private static final Recipe RECIPE =
      Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS).toBuilder()
          .schedule(new Cycles(0.02, 0, 0, 3))
          .checkpoint(new CheckpointOptions(3, 1))
          .build();

  private static final List<String> KEPT =
      List.of("step-000000005", "step-000000010", "step-000000016");

  @TempDir Path folder;
  private DataSet data;

  @BeforeEach
  void draw() {
    data = Trainings.data(folder, 157);
  }

  /** Ends the driver's training at a step, or when it is told of a snapshot. */
  private static class Told implements TrainingListener {
    final List<String> snapshots = new ArrayList<>();
    final long killAtStep;
    final long killAtSnapshot;

    Told(long killAtStep, long killAtSnapshot) {
      this.killAtStep = killAtStep;
      this.killAtSnapshot = killAtSnapshot;
    }

    @Override
    public void onStep(StepReport report) {
      if (report.step() == killAtStep) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void onSnapshot(long step, int number, int all) {
      snapshots.add("%s: %s of %s".formatted(step, number, all));
      if (step == killAtSnapshot) {
        throw new IllegalStateException("killed");
      }
    }
  }

  /** Of the weights in a checkpoint's file. */
  private static String weightsSha256(Path run, String step) throws IOException {
    byte[] file =
        Files.readAllBytes(run.resolve("checkpoints").resolve(step).resolve("weights.safetensors"));
    long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    MessageDigest digest = Sha256.digest();
    digest.update(Arrays.copyOfRange(file, Math.toIntExact(8 + header), file.length));
    return Sha256.hex(digest);
  }

  private static void assertSameFiles(Path whole, Path torn) throws IOException {
    for (String step : KEPT) {
      for (String file :
          List.of("weights.safetensors", "optimizer.safetensors", "state.json", "MANIFEST.json")) {
        String place = "checkpoints/%s/%s".formatted(step, file);
        assertEquals(-1, Files.mismatch(whole.resolve(place), torn.resolve(place)), place);
      }
    }
  }

  @Test
  void eachCycleLeavesTheStateThatOneMachineHas() throws IOException {
    Path run = folder.resolve("run");
    Told told = new Told(0, 0);
    try (JavaSparkContext spark = Sessions.local()) {
      new SparkTrainer(spark).train(Runs.job(RECIPE, data, run, 1), told);
    }
    assertEquals(List.of("5: 1 of 3", "10: 2 of 3", "16: 3 of 3"), told.snapshots);
    assertEquals(KEPT, TinyRun.checkpoints(run));
    for (int i = 0; i < KEPT.size(); i++) {
      Recipe upTo = RECIPE.withMaxSteps(List.of(5, 10, 16).get(i));
      assertEquals(Trainings.local(upTo, data).weightsSha256(), weightsSha256(run, KEPT.get(i)));
    }
    List<JsonNode> lines =
        Metrics.lines(run).stream().filter(line -> line.has("snapshot")).toList();
    assertEquals(
        "[{\"step\":5,\"snapshot\":1}, {\"step\":10,\"snapshot\":2}, {\"step\":16,\"snapshot\":3}]",
        lines.toString());
  }

  /** In the middle of a cycle, and between the end of one and its checkpoint. */
  @Test
  void aKilledAndResumedRunHasTheSnapshotsOfOneThatNeverStopped() throws IOException {
    Path whole = folder.resolve("whole");
    Path torn = folder.resolve("torn");
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      trainer.train(Runs.job(RECIPE, data, whole, 1), new Told(0, 0));
      assertThrows(
          IllegalStateException.class,
          () -> trainer.train(Runs.job(RECIPE, data, torn, 1), new Told(8, 0)));
      assertEquals(List.of("step-000000005", "step-000000006"), TinyRun.checkpoints(torn));
      assertThrows(
          IllegalStateException.class,
          () -> trainer.train(Runs.resume(RECIPE, data, torn, 1), new Told(0, 10)));
      assertEquals(List.of("step-000000005", "step-000000009"), TinyRun.checkpoints(torn));
      Told told = new Told(0, 0);
      trainer.train(Runs.resume(RECIPE, data, torn, 1), told);
      assertEquals(List.of("10: 2 of 3", "16: 3 of 3"), told.snapshots);
    }
    assertEquals(KEPT, TinyRun.checkpoints(torn));
    assertSameFiles(whole, torn);
    assertEquals(Metrics.untimed(whole), Metrics.untimed(torn));
  }

  /** Ended between two snapshots and gone on with, by other executors and in the other way. */
  @Test
  @Tag("slow")
  void twoExecutorsAndTheDriverKeepTheSame() throws IOException {
    Path whole = folder.resolve("whole");
    Path ended = folder.resolve("ended");
    try (JavaSparkContext spark = Sessions.executors(2)) {
      SparkTrainer trainer = new SparkTrainer(spark);
      trainer.train(Runs.job(RECIPE, data, whole, 1), new Told(0, 0));
      trainer.train(Runs.job(RECIPE.withMaxSteps(7), data, ended, 2), new Told(0, 0));
      assertEquals(List.of("step-000000005", "step-000000007"), TinyRun.checkpoints(ended));
      Recipe driver = RECIPE.toBuilder().sync(Sync.DRIVER).build();
      trainer.train(Runs.resume(driver, data, ended, 2), new Told(0, 0));
    }
    assertEquals(KEPT, TinyRun.checkpoints(ended));
    assertSameFiles(whole, ended);
  }
}
