package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.AsyncCheckpointer;
import io.convoy.checkpoint.CapturedLog;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.DataSet;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.run.RunFolder;
import io.convoy.storage.StorePatience;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real name node that is stopped in the middle of a training, and started again. */
@Tag("slow")
@Timeout(300)
class NameNodeOutageTest {
  private static final int LAST = 24; // 3 epochs of 8 steps

  @TempDir Path folder;
  private MiniDFSCluster cluster;
  private String run;
  private DataSet data;
  private Recipe recipe;

  @BeforeEach
  void start() throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    Path disk = Files.createTempDirectory(target.toAbsolutePath(), "hdfs");
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    configuration.setInt("dfs.replication", 1);
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    cluster.waitActive();
    run = cluster.getURI() + "/runs/" + UUID.randomUUID();
    data = Trainings.data(folder, 157);
    recipe =
        Trainings.averagedAndClipped(Sync.PEERS).toBuilder()
            .epochs(3)
            .checkpoint(new CheckpointOptions(4, 3))
            .build();
  }

  @AfterEach
  void stop() {
    cluster.shutdown(true);
  }

  /** The client's own tries are left out, so that the name node is away for what asks it. */
  private static JavaSparkContext session() {
    SparkConf conf =
        Sessions.conf("local[1]").set("spark.hadoop.ipc.client.connect.max.retries", "0");
    return new JavaSparkContext(conf);
  }

  private TrainingOutcome train(JavaSparkContext spark, TrainingListener listener) {
    return new SparkTrainer(spark)
        .train(new TrainingJob(recipe, data, null, run, false, 1, 1), listener);
  }

  /**
   * Twice: over several checkpoints in the middle, and when the last one and the result are due.
   */
  @Test
  void trainingGoesOnWithoutIt() throws Exception {
    try (JavaSparkContext spark = session();
        CapturedLog log = new CapturedLog(AsyncCheckpointer.class)) {
      Outages outages = new Outages(log);
      TrainingOutcome outcome = train(spark, outages);
      outages.end.get(1, TimeUnit.MINUTES);
      assertTrue(
          log.lines().stream().anyMatch(line -> line.contains("the run's store is well again")),
          () -> log.lines().toString());
      assertWhole(outcome);
    }
  }

  /** Stops and starts the name node as the training goes by. */
  private final class Outages implements TrainingListener {
    private final CapturedLog log;
    private CompletableFuture<Void> end;

    Outages(CapturedLog log) {
      this.log = log;
    }

    @Override
    public void onCheckpoint(long step) {
      if (step == 4) {
        cluster.shutdownNameNode(0);
      }
      // those of steps 8 and 12 were asked for meanwhile
      if (step == 16) {
        restartAfterATry(log, 0);
      }
    }

    @Override
    public void onStep(StepReport report) {
      if (report.step() == LAST) {
        cluster.shutdownNameNode(0);
        int before = log.lines().size();
        end = CompletableFuture.runAsync(() -> restartAfterATry(log, before));
      }
    }
  }

  /** As soon as something has been tried in vain, after so many lines of the log. */
  private void restartAfterATry(CapturedLog log, int before) {
    try {
      while (log.lines().stream().skip(before).noneMatch(line -> line.contains("tried again"))) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      cluster.restartNameNode(0, true);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the name node does not start", e);
    }
  }

  /** Who starts a run while its name node is away waits for it. */
  @Test
  void aRunBeginsWhenItIsThere() throws Exception {
    try (JavaSparkContext spark = session();
        CapturedLog log = new CapturedLog(StorePatience.class)) {
      cluster.shutdownNameNode(0);
      CompletableFuture<Void> end = CompletableFuture.runAsync(() -> restartAfterATry(log, 0));
      TrainingOutcome outcome = train(spark, new TrainingListener() {});
      end.get(1, TimeUnit.MINUTES);
      assertWhole(outcome);
    }
  }

  private void assertWhole(TrainingOutcome outcome) throws IOException {
    Configuration configuration = new Configuration();
    RunFolder folder = RunFolder.open(run, configuration);
    TrainingState saved =
        folder
            .checkpoints(CheckpointStore.KEEP_LAST)
            .loadNewest(recipe.network().layout(), recipe.optimizer().slots())
            .orElseThrow()
            .state();
    assertEquals(LAST, saved.step());
    assertEquals(Trainings.local(recipe, data).arraysSha256(), saved.arraysSha256());
    assertEquals(Optional.of(outcome), folder.readResult(TrainingOutcome.class));
    List<Long> steps = new ArrayList<>();
    folder
        .metricsReader()
        .read(
            line ->
                steps.addAll(line.has("loss") ? List.of(line.get("step").asLong()) : List.of()));
    assertEquals(LongStream.rangeClosed(1, LAST).boxed().toList(), steps);
  }
}
