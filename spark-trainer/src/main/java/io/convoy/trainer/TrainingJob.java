package io.convoy.trainer;

import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;

/**
 * A training to be run on Spark.
 *
 * @param recipe what to train, and how
 * @param training the training set, which every executor opens for itself
 * @param test the test set; null for none
 * @param run the run's folder, on any file system that Hadoop knows
 * @param resume whether an existing run is continued
 * @param executors N, tasks that train in step: 1 to the recipe's shards
 * @param threads threads of the kernels of each task, at least 1
 */
public record TrainingJob(
    Recipe recipe,
    DataSet training,
    DataSet test,
    String run,
    boolean resume,
    int executors,
    int threads) {
  public TrainingJob {
    if (executors < 1 || threads < 1) {
      throw ConvoyException.usage(
          "executors and threads must be at least 1; got %d and %d", executors, threads);
    }
    if (executors > recipe.shards()) {
      throw ConvoyException.usage(
          "each executor needs at least one shard; got %d executors for %d shards: use at most %d"
              + " executors, or a recipe with more shards (which changes the result)",
          executors, recipe.shards(), recipe.shards());
    }
  }

  /** The same training by a recipe that brings images of any size to the network's input. */
  TrainingJob broughtBy(Recipe other) {
    DataSet sizes = training.ofAnySize();
    DataSet tested = test == null ? null : test.ofAnySize();
    return new TrainingJob(other, sizes, tested, run, resume, executors, threads);
  }

  /** The same training with another description of its test set. */
  TrainingJob withTest(DataSet other) {
    return new TrainingJob(recipe, training, other, run, resume, executors, threads);
  }
}
