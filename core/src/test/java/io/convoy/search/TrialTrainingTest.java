package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.EarlyStoppingOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.SwaOptions;
import io.convoy.recipe.ValidationOptions;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Constant;
import io.convoy.schedule.Cosine;
import io.convoy.schedule.Plateau;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingSplit;
import io.convoy.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trial that goes on is one that was never stopped. */
class TrialTrainingTest {
  private static final SampleSource IMAGES = BarImages.colour(131);
  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final SearchOptions OPTIONS = new SearchOptions(9, 1, 4, 2, 0, 1);

  private static Recipe recipe() {
    Network network =
        Network.input(9, 7, 3)
            .then("conv1", Conv2d.of(5, 3))
            .then("norm1", BatchNorm2d.standard())
            .then("relu1", new Relu())
            .then("pool1", MaxPool2d.of(2))
            .then("flatten", new Flatten())
            .then("dropout", new Dropout(0.2f))
            .then("logits", Linear.of(5))
            .build();
    return new RecipeBuilder()
        .network(network)
        .data(new DataOptions(new Folders(), null, null))
        .validation(new ValidationOptions(0.2, null, null))
        .augmentation(new Augmentation(1, true))
        .batchSize(23)
        .shards(3)
        .epochs(40)
        .maxSteps(7)
        .earlyStopping(new EarlyStoppingOptions(1, 0))
        .optimizer(new Sgd(0.9f, true, 1e-4f, false))
        .schedule(new Cosine(0.03, 0.5, 0.01))
        .build();
  }

  static Stream<Recipe> recipes() {
    return Stream.of(
        recipe(),
        recipe().toBuilder().ema(new EmaOptions(0.9, true)).build(),
        recipe().toBuilder().swa(new SwaOptions(0.4, 2, 0.01)).build(),
        recipe().toBuilder()
            .schedule(new Plateau(0.05, 0, 0.5, 1, 0.3, 0))
            .checkpoint(new CheckpointOptions(2, 3))
            .build());
  }

  private static TrialTraining training(Recipe trial, int threads) {
    return new TrialTraining(trial, TrainingSplit.of(trial, IMAGES), KERNELS, threads);
  }

  private static TrialState begin(Recipe trial) {
    return TrialState.start(LocalTrainer.initialState(trial));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void rungByRungIsAsInOneGo(Recipe recipe) {
    Recipe trial = OPTIONS.trial(recipe);
    assertEquals(4, trial.epochs(), "the schedule is laid out over the longest trial");
    List<TrialState> saved = new ArrayList<>();
    TrialState whole = training(trial, 1).run(begin(trial), 4, saved::add);
    TrialState first = training(trial, 2).run(begin(trial), 1, state -> {});
    TrialState second =
        training(trial, 3)
            .run(new TrialState(first.state().copy(), first.validations(), null), 4, state -> {});
    assertEquals(whole.state().arraysSha256(), second.state().arraysSha256());
    assertEquals(whole.last(), second.last());
    assertEquals(whole.validations(), second.validations());
    assertEquals(whole.state().step(), saved.get(saved.size() - 1).state().step());
    assertEquals(
        first.last(),
        first.state().step() == saved.get(0).state().step() ? saved.get(0).last() : first.last());
  }

  /** Where validation has no say, that is what a training without any rungs comes to. */
  @Test
  void andAsALocalTraining() {
    Recipe trial = OPTIONS.trial(recipe());
    TrialTraining training = training(trial, 2);
    TrialState rung = training.run(begin(trial), 3, state -> {});
    try (LocalTrainer trainer = new LocalTrainer(trial, IMAGES, KERNELS, 1)) {
      trainer.train(3 * training.stepsPerEpoch(), report -> {});
      TrainingState state = trainer.state();
      assertEquals(state.arraysSha256(), rung.state().arraysSha256());
      assertEquals(state.step(), rung.last().step());
    }
    assertEquals(TrainingSplit.of(trial, IMAGES).validation().size(), rung.last().samples());
    assertTrue(rung.last().loss() < StrictMath.log(5), rung.last()::toString);
  }

  @Test
  void aStateWhoseValidationIsLostIsValidatedAgain() {
    Recipe trial = OPTIONS.trial(recipe());
    TrialState rung = training(trial, 1).run(begin(trial), 2, state -> {});
    TrialState read = new TrialState(rung.state(), rung.validations(), null);
    TrialState again =
        training(trial, 1)
            .run(
                read,
                2,
                state -> {
                  throw new AssertionError("nothing is left to train");
                });
    assertEquals(rung.last(), again.last());
    assertEquals(rung.validations(), again.validations());
  }

  @Test
  void foldsAreTrainedOnTheOthers() {
    Recipe trial = OPTIONS.trial(recipe());
    List<String> weights = new ArrayList<>();
    int validated = 0;
    for (int fold = 0; fold < 3; fold++) {
      TrainingSplit split = TrainingSplit.fold(IMAGES, fold, 3, 5);
      TrialState state = new TrialTraining(trial, split, KERNELS, 1).run(begin(trial), 1, at -> {});
      weights.add(state.state().weightsSha256());
      validated += (int) state.last().samples();
    }
    assertEquals(IMAGES.size(), validated);
    assertNotEquals(weights.get(0), weights.get(1));
    assertNotEquals(weights.get(1), weights.get(2));
  }

  @Test
  void aLossThatIsNoNumberEndsATrial() {
    Recipe wild = OPTIONS.trial(recipe()).toBuilder().schedule(new Constant(1e30, 0)).build();
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> training(wild, 1).run(begin(wild), 2, state -> {}));
    assertEquals(ConvoyException.Kind.DIVERGED, error.kind());
  }
}
