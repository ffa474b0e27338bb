package io.convoy.worker;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.train.Evaluator;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.broadcast.Broadcast;

/**
 * A state over a set of images, as a task of many sees it.
 *
 * @param recipe complete: with its standardization
 * @param source what is evaluated
 * @param weights slices of the state vector
 * @param threads kernel threads
 */
record StateEvaluation(
    Recipe recipe, SampleSource source, List<Broadcast<float[]>> weights, int threads) {
  /**
   * Evaluates every so-many-th block.
   *
   * @param task its number, from 0
   * @param tasks that share out the blocks, at least 1
   * @param each told of each image
   * @return results by the blocks' numbers
   */
  SortedMap<Integer, Evaluator.Result> blocks(int task, int tasks, Evaluator.Each each) {
    SampleLoader loader =
        new SampleLoader(
            source,
            recipe.network().inputShape(),
            recipe.data().resizing(),
            recipe.standardization(),
            Augmentation.NONE,
            recipe.seed());
    float[] state = StateSlices.join(weights.stream().map(Broadcast::value).toList());
    try (WorkPool pool = new WorkPool(threads);
        Evaluator evaluator =
            new Evaluator(
                recipe.network(),
                recipe.conv(),
                state,
                loader,
                task,
                tasks,
                KernelProvider.kernels(),
                pool)) {
      return evaluator.blocks(each);
    }
  }
}
