package io.convoy.trials;

import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import io.convoy.search.SearchOptions;
import io.convoy.search.SearchSpace;
import java.util.List;

/**
 * A search to be run on Spark.
 *
 * @param trials by their numbers; the first is the recipe as it was given
 * @param space that they were drawn from
 * @param options how it goes
 * @param training the training set; the test set has no part in a search
 * @param imageBytes that it takes in an executor's memory; 0 where that is not known
 * @param out the search's folder, on any file system that Hadoop knows
 * @param resume whether to go on with what a search that was killed has left there
 * @param executors at least 1
 * @param cores of each, at least 1
 */
public record SearchJob(
    List<SearchTrial> trials,
    SearchSpace space,
    SearchOptions options,
    DataSet training,
    long imageBytes,
    String out,
    boolean resume,
    int executors,
    int cores) {
  public SearchJob {
    trials = List.copyOf(trials);
    if (trials.isEmpty() || trials.get(0).recipe() == null) {
      throw ConvoyException.usage("a search has at least one trial: the recipe as it is");
    }
  }

  /** The recipe as it was given. */
  public Recipe recipe() {
    return trials.get(0).recipe();
  }
}
