package io.convoy.search;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.recipe.Recipe;
import io.convoy.train.CheckpointSteps;
import io.convoy.train.Evaluator;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingSplit;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationHistory;
import io.convoy.train.ValidationResult;
import java.util.function.Consumer;

/**
 * Trains a trial in this process, rung by rung. It does what a training of the recipe does: so a
 * trial that goes on from its state has, bit for bit, the weights of one that was never stopped,
 * and both have those of {@link LocalTrainer} after as many epochs.
 */
public final class TrialTraining {
  private final Recipe recipe;
  private final TrainingSplit split;
  private final Kernels kernels;
  private final int threads;
  private final BatchPlan plan;
  private final CheckpointSteps steps;

  /**
   * @param recipe of {@link SearchOptions#trial}; its standardization is measured here unless it is
   *     complete
   * @param split what is trained on, and what is validated
   * @param threads kernel threads, at least 1
   */
  public TrialTraining(Recipe recipe, TrainingSplit split, Kernels kernels, int threads) {
    recipe.requireFits(split.training());
    this.recipe =
        recipe.standardization().complete()
            ? recipe
            : recipe.withStandardization(
                recipe
                    .standardization()
                    .measured(
                        TrainingPixels.of(split.training(), recipe.data().evaluation(), threads)));
    this.split = split;
    this.kernels = kernels;
    this.threads = threads;
    plan = BatchPlan.of(recipe, split.training().rowGroups());
    steps = CheckpointSteps.of(recipe, plan);
  }

  /** Steps of one epoch. */
  public long stepsPerEpoch() {
    return plan.stepsPerEpoch();
  }

  /**
   * Trains until so many epochs are done, and validates.
   *
   * @param from where it stands; taken over
   * @param each told of each state that a training would save, and of the last; its arrays stay
   * @return the state there, with its validation
   * @throws ConvoyException of kind DIVERGED when a loss, of training or validation, is no finite
   *     number
   */
  public TrialState run(TrialState from, int epochs, Consumer<TrialState> each) {
    long until = epochs * plan.stepsPerEpoch();
    TrialState now = from.last() == null && from.state().step() >= until ? validated(from) : from;
    if (now.state().step() >= until) {
      return now;
    }
    try (LocalTrainer trainer = new LocalTrainer(recipe, split, kernels, threads, from.state())) {
      while (now.state().step() < until) {
        long next = Math.min(until, steps.next(now.state().step()));
        trainer.train(next, now.validations(), report -> {});
        now = validated(new TrialState(trainer.finishedState(), now.validations(), null));
        each.accept(now);
      }
    }
    return now;
  }

  private TrialState validated(TrialState at) {
    TrainingState state = at.state();
    ValidationResult result =
        ValidationResult.of(state.step(), evaluation(state.inferenceWeights()));
    if (!Double.isFinite(result.loss())) {
      throw new ConvoyException(
          ConvoyException.Kind.DIVERGED,
          "the validation loss after step %s is %s".formatted(state.step(), result.loss()));
    }
    ValidationHistory before = at.validations();
    boolean counts = steps.isPlanned(state.step()) && before.lastStep() < state.step();
    return new TrialState(state, counts ? before.plus(result) : before, result);
  }

  private Evaluator.Result evaluation(float[] weights) {
    SampleLoader loader =
        new SampleLoader(
            split.validation(),
            recipe.network().inputShape(),
            recipe.data().resizing(),
            recipe.standardization(),
            Augmentation.NONE,
            recipe.seed());
    try (WorkPool pool = new WorkPool(threads);
        Evaluator evaluator =
            new Evaluator(recipe.network(), recipe.conv(), weights, loader, kernels, pool)) {
      return evaluator.all();
    }
  }
}
