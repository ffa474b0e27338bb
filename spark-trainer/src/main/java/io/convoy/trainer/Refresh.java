package io.convoy.trainer;

import io.convoy.data.SampleSource;
import io.convoy.feed.BatchPlan;
import io.convoy.recipe.Recipe;
import io.convoy.train.StatisticsRefresh;
import io.convoy.train.TrainingState;
import io.convoy.worker.Assignment;
import io.convoy.worker.JobDescription;
import io.convoy.worker.RefreshTask;
import io.convoy.worker.Tasks;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Running statistics of averaged weights, measured by the executors.
 *
 * @param recipe complete, as the assignment has it
 * @param training what is trained on, which the driver only counts
 * @param tasks that share it out
 */
record Refresh(
    JavaSparkContext spark,
    Assignment assignment,
    Recipe recipe,
    SampleSource training,
    int tasks) {

  /** Whether a state of the recipe's training wants it. */
  boolean isDue(TrainingState state) {
    return StatisticsRefresh.isDue(
        recipe, BatchPlan.of(recipe, training.rowGroups()), state.step());
  }

  /** The same state, its averaged weights with statistics of their own. */
  TrainingState of(TrainingState state) {
    return state.withSwa(of(state.swa(), " after step " + state.step()));
  }

  /** The same weights with statistics of their own. */
  float[] of(float[] weights) {
    return of(weights, "");
  }

  private float[] of(float[] weights, String when) {
    String description =
        JobDescription.of(assignment.run(), "batch norm of the averaged weights" + when);
    try (BroadcastArray slices = new BroadcastArray(spark, weights)) {
      RefreshTask task = new RefreshTask(assignment, tasks, slices.slices());
      return new StatisticsRefresh(recipe, training)
          .refreshed(
              weights,
              RefreshTask.sums(
                  JobDescription.during(
                      spark, description, () -> Tasks.apart(spark, tasks, task))));
    }
  }

  /** Samples that are looked at. */
  long samples() {
    return new StatisticsRefresh(recipe, training).samples();
  }
}
