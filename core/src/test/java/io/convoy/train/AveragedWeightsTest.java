package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.StateLayout.Entry;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The moving average of the weights: its formula, and that training does not feel it. */
class AveragedWeightsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Recipe recipe(EmaOptions ema) {
    return Trainings.standard(Trainings.ADAM).toBuilder().ema(ema).build();
  }

  private static List<TrainingState> states(Recipe recipe) {
    List<TrainingState> states = new ArrayList<>(List.of(LocalTrainer.initialState(recipe)));
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 2)) {
      while (trainer.state().step() < trainer.totalSteps()) {
        trainer.train(trainer.state().step() + 1, report -> {});
        states.add(trainer.state());
      }
    }
    return states;
  }

  @Test
  void sharesByHand() {
    EmaOptions warm = new EmaOptions(0.9, true);
    assertEquals(9 / 11f, warm.share(1)); // 1 - 2 / 11
    assertEquals(0.75f, warm.share(2)); // 1 - 3 / 12
    assertEquals(9 / 89f, warm.share(79)); // 1 - 80 / 89: the last that is still warming up
    assertEquals(0.1f, warm.share(80)); // 1 - 81 / 90
    assertEquals(0.1f, warm.share(1_000_000));
    assertEquals(0.1f, new EmaOptions(0.9, false).share(1));
    assertEquals(1e-4f, new EmaOptions(0.9999, false).share(1), 1e-11f);
  }

  @Test
  void atFirstItIsTheWeightsAndSharesNoArrayWithThem() {
    TrainingState start = LocalTrainer.initialState(recipe(new EmaOptions(0.9, true)));
    assertArrayEquals(start.weights(), start.ema());
    assertNotEquals(System.identityHashCode(start.weights()), System.identityHashCode(start.ema()));
  }

  /** Over the weights of a real training, step by step, in double precision. */
  @ParameterizedTest
  @CsvSource({"0.999, true", "0.75, true", "0.75, false", "0, false"})
  void itIsTheAverageOfTheWeights(double decay, boolean warmup) {
    Recipe recipe = recipe(new EmaOptions(decay, warmup));
    List<TrainingState> states = states(recipe);
    double[] expected = new double[states.get(0).weights().length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = states.get(0).weights()[i];
    }
    for (int t = 1; t < states.size(); t++) {
      double kept = warmup ? Math.min(decay, (1.0 + t) / (10 + t)) : decay;
      for (Entry entry : recipe.network().layout().entries()) {
        for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
          float weight = states.get(t).weights()[i];
          boolean averaged = entry.parameter().role().trained();
          expected[i] = averaged ? kept * expected[i] + (1 - kept) * weight : weight;
          double error = averaged ? 1e-6 : 0;
          assertEquals(expected[i], states.get(t).ema()[i], error, entry.name() + " at " + t);
        }
      }
    }
  }

  @Test
  void trainingDoesNotFeelIt() {
    TrainingState without = Trainings.train(recipe(null), 1);
    TrainingState with = Trainings.train(recipe(new EmaOptions(0.9, true)), 1);
    assertEquals(without.weightsSha256(), with.weightsSha256());
    assertEquals(without.slotsSha256(), with.slotsSha256());
    assertNull(without.ema());
    assertSame(without.weights(), without.inferenceWeights());
    assertSame(with.ema(), with.inferenceWeights());
  }

  @Test
  void resumedIsUninterrupted() {
    Recipe recipe = recipe(new EmaOptions(0.9, true));
    TrainingState whole = Trainings.train(recipe, 2);
    TrainingState state = LocalTrainer.initialState(recipe);
    for (long until = 1; until <= 12; until++) {
      try (LocalTrainer trainer =
          new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 1, state)) {
        trainer.train(until, report -> {});
        state = trainer.state();
      }
    }
    assertEquals(4, state.arrays().size());
    assertEquals(whole.arraysSha256(), state.arraysSha256());
  }

  @Test
  void aStateIsMadeOfItsArraysAgain() {
    Recipe recipe = recipe(new EmaOptions(0.9, true));
    TrainingState state = Trainings.train(recipe, 2);
    assertEquals(recipe.stateArrays(), state.arrays().size());
    TrainingState again = TrainingState.of(recipe, 12, state.arrays());
    assertSame(state.weights(), again.weights());
    assertSame(state.slots().get(1), again.slots().get(1));
    assertSame(state.ema(), again.ema());
    assertEquals(3, recipe(null).stateArrays());
    assertNull(TrainingState.of(recipe(null), 12, state.arrays().subList(0, 3)).ema());
  }

  @Test
  void averagedWeightsAreAsLongAsTheWeights() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TrainingState(0, new float[3], List.of(), new float[4]));
    assertEquals(
        "averaged weights are as long as the weights; got 4 for weights=3", error.getMessage());
  }

  @Test
  void theKeysOfARecipe() throws Exception {
    assertEquals(new EmaOptions(0.999, true), JSON.readValue("{}", EmaOptions.class));
    assertEquals(
        new EmaOptions(0.5, false),
        JSON.readValue("{\"decay\": 0.5, \"warmup\": false}", EmaOptions.class));
    for (EmaOptions ema : new EmaOptions[] {null, new EmaOptions(0.99, false)}) {
      String json = JSON.writeValueAsString(recipe(ema));
      assertEquals(ema, JSON.readValue(json, Recipe.class).ema());
    }
    String old = JSON.writeValueAsString(recipe(null)).replace("\"ema\":null,", "");
    assertNull(JSON.readValue(old, Recipe.class).ema(), "a recipe from before has none");
  }

  @Test
  void decaysOutOfRangeAreRefused() {
    for (double decay : new double[] {1, -0.1, Double.NaN}) {
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> new EmaOptions(decay, true));
      assertEquals("ema.decay must lie in [0, 1); got " + decay, error.getMessage());
    }
  }
}
