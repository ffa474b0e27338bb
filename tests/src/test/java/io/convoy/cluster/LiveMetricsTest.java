package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.run.MetricsReader;
import io.convoy.run.RunFolder;
import io.convoy.storage.FaultyFileSystem;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who watches a run sees its steps some seconds after they were done, without a checkpoint. */
@Tag("slow")
@Timeout(300)
class LiveMetricsTest {
  @TempDir Path folder;

  @Test
  void ofTasksThatExchange() throws Exception {
    watch(Sync.PEERS, folder.resolve("run").toString(), new Configuration());
  }

  @Test
  void ofStepsByTheDriver() throws Exception {
    watch(Sync.DRIVER, folder.resolve("run").toString(), new Configuration());
  }

  @Test
  void whereTheStoreCannotAppend() throws Exception {
    watch(Sync.PEERS, "faulty://" + folder.resolve("run"), FaultyFileSystem.configuration());
    assertFalse(Files.exists(folder.resolve("run/metrics.tail.jsonl")));
    assertTrue(Files.exists(folder.resolve("run/metrics.jsonl")));
  }

  private void watch(Sync sync, String run, Configuration configuration) throws Exception {
    Recipe recipe = Trainings.recipe(Trainings.MOMENTUM, 500, sync == Sync.PEERS ? 40 : 10, sync);
    DataSet data = Trainings.data(folder, 6001);
    Map<Long, Long> told = new ConcurrentHashMap<>();
    Watcher watcher = new Watcher(run, configuration, told);
    CompletableFuture<Void> watching;
    SparkConf conf = Sessions.conf("local[1]");
    configuration.forEach(
        setting -> {
          if (setting.getKey().startsWith("fs.faulty")) {
            conf.set("spark.hadoop." + setting.getKey(), setting.getValue());
          }
        });
    String weights;
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      watching = CompletableFuture.runAsync(watcher);
      weights =
          new SparkTrainer(spark)
              .train(
                  new TrainingJob(recipe, data, null, run, false, 1, 1),
                  new TrainingListener() {
                    @Override
                    public void onStep(StepReport report) {
                      told.put(report.step(), System.nanoTime());
                    }

                    @Override
                    public void onCheckpoint(long step) {
                      watcher.live = watcher.steps.size();
                    }
                  })
              .weightsSha256();
    } finally {
      watcher.ends = true;
    }
    watching.get(1, TimeUnit.MINUTES);
    TrainingState truth = Trainings.local(recipe, data);
    assertEquals(truth.weightsSha256(), weights);
    assertEquals(
        LongStream.rangeClosed(1, truth.step()).boxed().toList(),
        watcher.steps.stream().sorted().toList());
    assertTrue(watcher.live > 20, "seen before the first checkpoint: " + watcher.live);
    assertTrue(watcher.longestNanos < 5e9, "up to " + watcher.longestNanos / 1e9 + " s late");
    assertEquals(0, watcher.broken);
  }

  /** Reads the metrics as they grow. */
  private static final class Watcher implements Runnable, MetricsReader.Lines {
    private final String run;
    private final Configuration configuration;
    private final Map<Long, Long> told;
    private final List<Long> steps = new CopyOnWriteArrayList<>();
    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private volatile int live;
    private volatile boolean ends;
    private volatile long longestNanos;
    private volatile long broken;

    Watcher(String run, Configuration configuration, Map<Long, Long> told) {
      this.run = run;
      this.configuration = configuration;
      this.told = told;
    }

    @Override
    public void run() {
      MetricsReader reader = null;
      for (boolean last = false; !last; ) {
        last = ends;
        try {
          reader = reader == null ? RunFolder.open(run, configuration).metricsReader() : reader;
          reader.read(this);
          broken = reader.broken();
          TimeUnit.MILLISECONDS.sleep(50);
        } catch (ConvoyException e) {
          // no run yet, or one whose description is just being written, where nothing is renamed
          assertNull(reader, e.getMessage());
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    /** Where a file is written anew in its place, it may be seen shorter meanwhile. */
    @Override
    public void restart() {
      steps.clear();
    }

    @Override
    public void line(JsonNode line) {
      long step = line.get("step").asLong();
      if (line.has("loss")) {
        steps.add(step);
        if (known.add(step)) { // after a restart they come again
          longestNanos =
              Math.max(
                  longestNanos, System.nanoTime() - told.getOrDefault(step, System.nanoTime()));
        }
      }
    }
  }
}
