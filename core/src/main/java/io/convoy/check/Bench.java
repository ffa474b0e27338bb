package io.convoy.check;

import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.Kernels;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;
import io.convoy.train.TrainingSplit;
import java.util.stream.IntStream;

/**
 * What all checks stand on.
 *
 * @param recipe the checked one with its highest learning rate throughout, without validation and
 *     averages, its standardization measured
 * @param images that are trained on: some of them where there are many
 * @param start the state vector at step 0
 */
record Bench(
    Recipe recipe,
    SampleSource images,
    float[] start,
    Kernels kernels,
    int threads,
    Budget budget,
    CheckListener listener) {
  /** Images that checks look at, unless a batch has more. */
  private static final int MOST_IMAGES = 4096;

  /** Places of the schedule that are looked at for its highest rate. */
  private static final int RATES = 1000;

  static Bench of(
      Recipe recipe,
      SampleSource source,
      float[] start,
      Kernels kernels,
      int threads,
      Budget budget,
      CheckListener listener) {
    SampleSource training = TrainingSplit.of(recipe, source).training();
    SampleSource some = evenly(training, Math.max(MOST_IMAGES, recipe.batchSize()));
    Standardization measured =
        recipe
            .standardization()
            .measured(TrainingPixels.of(some, recipe.data().evaluation(), threads));
    Recipe plain =
        atRate(recipe.toBuilder(), highestRate(recipe, BatchPlan.of(recipe, training.rowGroups())))
            .validation(null)
            .earlyStopping(null)
            .ema(null)
            .swa(null)
            .maxSteps(0)
            .standardization(measured)
            .build();
    return new Bench(plain, some, start, kernels, threads, budget, listener);
  }

  /** At most so many samples, at even distances, so that sets in order of classes give of all. */
  static SampleSource evenly(SampleSource images, int most) {
    int size = images.size();
    return size <= most
        ? images
        : new SampleSubset(
            images, IntStream.range(0, most).map(i -> (int) ((long) i * size / most)).toArray());
  }

  /** A constant rate, as it is. */
  static RecipeBuilder atRate(RecipeBuilder recipe, double rate) {
    return recipe.schedule(new Constant(rate, 0)).rateForBatch(null).swa(null);
  }

  private static double highestRate(Recipe recipe, BatchPlan plan) {
    long steps = plan.allSteps(recipe);
    double highest = 0;
    for (int i = 0; i < RATES; i++) {
      highest = Math.max(highest, recipe.rate(steps * i / RATES, plan.stepsPerEpoch(), 1));
    }
    return highest;
  }

  /** The highest rate of the checked recipe. */
  double rate() {
    return recipe.schedule().rate();
  }

  /** A training of a recipe that was made of this one's. */
  Trial trial(Recipe of, SampleSource on, long steps) {
    return new Trial(of, on, start.clone(), kernels, threads, steps);
  }
}
