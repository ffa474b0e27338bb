package io.convoy.cluster;

import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.DataSet;
import io.convoy.recipe.Recipe;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingState;
import io.convoy.trainer.TrainingJob;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/** Jobs into folders, and what the folders hold in the end. */
final class Runs {
  private Runs() {}

  static TrainingJob job(Recipe recipe, DataSet data, Path run, int executors) {
    return job(recipe, data, run, executors, 1);
  }

  static TrainingJob job(Recipe recipe, DataSet data, Path run, int executors, int threads) {
    return new TrainingJob(recipe, data, null, run.toString(), false, executors, threads);
  }

  static TrainingJob resume(Recipe recipe, DataSet data, Path run, int executors) {
    return new TrainingJob(recipe, data, null, run.toString(), true, executors, 1);
  }

  /** The state of the newest checkpoint, as it is read from the disk. */
  static TrainingState saved(Recipe recipe, Path run) {
    return RunFolder.open(run.toString(), new Configuration())
        .checkpoints(CheckpointStore.KEEP_LAST)
        .loadNewest(recipe.network().layout(), recipe.optimizer().slots())
        .map(Checkpoint::state)
        .orElseThrow();
  }
}
