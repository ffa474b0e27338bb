package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.checkpoint.CheckpointStore;
import io.convoy.checkpoint.Hdfs;
import io.convoy.data.DataSet;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run on a real HDFS, whose newest checkpoint is then cut short. */
@Tag("slow")
@ExtendWith(Hdfs.class)
class HdfsTrainingTest {
  @TempDir Path folder;

  @Test
  void resumesFromTheNewestWholeCheckpoint(MiniDFSCluster cluster) throws Exception {
    DataSet data = Trainings.data(folder, 157);
    Recipe recipe = Trainings.averagedAndClipped(Sync.PEERS).toBuilder().epochs(3).build();
    String run = cluster.getURI() + "/runs/training";
    FileSystem files = cluster.getFileSystem();
    long[] from = {-1};
    try (JavaSparkContext spark = Sessions.local()) {
      TrainingListener silent = new TrainingListener() {};
      new SparkTrainer(spark).train(new TrainingJob(recipe, data, null, run, false, 1, 1), silent);
      cutShort(
          files,
          new org.apache.hadoop.fs.Path(run + "/checkpoints/step-000000024/weights.safetensors"));
      new SparkTrainer(spark)
          .train(
              new TrainingJob(recipe, data, null, run, true, 1, 1),
              new TrainingListener() {
                @Override
                public void onStart(long start, long total, long stepsPerEpoch) {
                  from[0] = start;
                }
              });
    }
    assertEquals(16, from[0], "8 steps an epoch; the checkpoint of step 24 is not whole");
    TrainingState truth = Trainings.local(recipe, data);
    TrainingState saved =
        RunFolder.open(run, new Configuration())
            .checkpoints(CheckpointStore.KEEP_LAST)
            .loadNewest(recipe.network().layout(), recipe.optimizer().slots())
            .orElseThrow()
            .state();
    assertEquals(24, saved.step());
    assertEquals(truth.arraysSha256(), saved.arraysSha256());
  }

  /** Not by truncate: HDFS shows the whole file until the block is recovered. */
  private static void cutShort(FileSystem files, org.apache.hadoop.fs.Path file)
      throws IOException {
    byte[] start = new byte[100];
    try (FSDataInputStream in = files.open(file)) {
      in.readFully(start);
    }
    try (FSDataOutputStream out = files.create(file, true)) {
      out.write(start);
    }
  }
}
