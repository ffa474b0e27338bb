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
import io.convoy.recipe.SwaOptions;
import io.convoy.recipe.WeightAverage.Move;
import io.convoy.schedule.Cycles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain average of the weights over the end of a training: {@code swa}. */
class StochasticAverageTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SwaOptions STANDARD = new SwaOptions(0.75, 0, null);

  /** Three epochs of four steps. */
  private static Recipe recipe(SwaOptions swa) {
    return Trainings.standard(Trainings.ADAM).toBuilder().swa(swa).build();
  }

  private static List<TrainingState> states(Recipe recipe, List<StepReport> reports) {
    List<TrainingState> states = new ArrayList<>(List.of(LocalTrainer.initialState(recipe)));
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 2)) {
      while (trainer.state().step() < trainer.totalSteps()) {
        trainer.train(trainer.state().step() + 1, reports::add);
        states.add(trainer.state());
      }
    }
    return states;
  }

  @Test
  void movesByHand() {
    SwaOptions swa = new SwaOptions(0.5, 3, null); // of 20: after 10, at 11, 14, 17 and 20
    for (long update = 1; update <= 11; update++) {
      assertEquals(new Move(true, 1), swa.move(update, 5, 20));
    }
    float[] shares = {0, 0, 0.5f, 0, 0, 1 / 3f, 0, 0, 0.25f};
    for (int i = 0; i < shares.length; i++) {
      assertEquals(new Move(false, shares[i]), swa.move(12 + i, 5, 20));
    }
    SwaOptions epochs = new SwaOptions(0.75, 0, null); // of 40 by 5: after 30, at 35 and 40
    assertEquals(new Move(true, 1), epochs.move(35, 5, 40));
    assertEquals(new Move(false, 0), epochs.move(36, 5, 40));
    assertEquals(new Move(false, 0.5f), epochs.move(40, 5, 40));
    SwaOptions far = new SwaOptions(0.9, 1000, null); // the last weights alone
    LongStream.rangeClosed(1, 40).forEach(u -> assertEquals(new Move(true, 1), far.move(u, 5, 40)));
  }

  /** Over the weights of a real training of twelve steps, in double precision. */
  @ParameterizedTest
  @CsvSource({"0.75, 0", "0.75, 1", "0, 5", "0, 1", "0.3, 2", "0.99, 1"})
  void itIsTheMeanOfTheWeights(double start, long interval) {
    Recipe recipe = recipe(new SwaOptions(start, interval, null));
    List<TrainingState> states = states(recipe, new ArrayList<>());
    long every = interval == 0 ? 4 : interval;
    for (int step = 0; step <= 12; step++) {
      int until = step;
      long[] averaged =
          LongStream.rangeClosed(1, 12)
              .filter(t -> t <= until && t > (long) (start * 12) && (12 - t) % every == 0)
              .toArray();
      for (Entry entry : recipe.network().layout().entries()) {
        boolean copied = averaged.length == 0 || !entry.parameter().role().trained();
        for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
          int index = i;
          double expected =
              copied
                  ? states.get(step).weights()[i]
                  : LongStream.of(averaged)
                      .mapToDouble(t -> states.get((int) t).weights()[index])
                      .average()
                      .getAsDouble();
          double error = copied ? 0 : 1e-6;
          assertEquals(expected, states.get(step).swa()[i], error, entry.name() + " at " + step);
        }
      }
    }
  }

  @Test
  void withoutItsOwnRateTrainingDoesNotFeelIt() {
    TrainingState without = Trainings.train(recipe(null), 1);
    TrainingState with = Trainings.train(recipe(new SwaOptions(0.5, 1, null)), 1);
    assertEquals(without.weightsSha256(), with.weightsSha256());
    assertEquals(without.slotsSha256(), with.slotsSha256());
    assertNull(without.swa());
    assertNull(with.ema());
    assertSame(with.swa(), with.inferenceWeights());
  }

  @Test
  void itsOwnRateHoldsFromItsStartOn() {
    List<StepReport> plain = new ArrayList<>();
    List<StepReport> own = new ArrayList<>();
    List<TrainingState> before = states(recipe(new SwaOptions(0.5, 1, null)), plain);
    List<TrainingState> after = states(recipe(new SwaOptions(0.5, 1, 0.003)), own);
    for (int step = 0; step < 12; step++) {
      assertEquals(step < 6 ? plain.get(step).rate() : 0.003f, own.get(step).rate());
    }
    assertEquals(before.get(6).weightsSha256(), after.get(6).weightsSha256());
    assertNotEquals(before.get(7).weightsSha256(), after.get(7).weightsSha256());
  }

  @Test
  void resumedIsUninterrupted() {
    Recipe recipe = recipe(new SwaOptions(0.4, 3, 0.01));
    TrainingState whole = Trainings.train(recipe, 2);
    TrainingState state = LocalTrainer.initialState(recipe);
    assertArrayEquals(state.weights(), state.swa());
    for (long until = 1; until <= 12; until++) {
      try (LocalTrainer trainer =
          new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 1, state)) {
        trainer.train(until, report -> {});
        state = trainer.state();
      }
    }
    assertEquals(recipe.stateArrays(), state.arrays().size());
    assertEquals(whole.arraysSha256(), state.arraysSha256());
    assertNotEquals(whole.weightsSha256(), whole.arraysSha256().get(3));
    TrainingState again = TrainingState.of(recipe, 12, state.arrays());
    assertSame(state.swa(), again.swa());
    assertNull(again.ema());
  }

  @Test
  void theKeysOfARecipe() throws Exception {
    assertEquals(STANDARD, JSON.readValue("{}", SwaOptions.class));
    SwaOptions all = new SwaOptions(0.5, 7, 0.25);
    assertEquals(
        all, JSON.readValue("{\"start\": 0.5, \"interval\": 7, \"rate\": 0.25}", SwaOptions.class));
    for (SwaOptions swa : new SwaOptions[] {null, all}) {
      String json = JSON.writeValueAsString(recipe(swa));
      assertEquals(swa, JSON.readValue(json, Recipe.class).swa());
    }
    String old = JSON.writeValueAsString(recipe(null)).replace("\"swa\":null,", "");
    assertNull(JSON.readValue(old, Recipe.class).swa(), "a recipe from before has none");
  }

  @Test
  void whatCannotBeIsRefused() {
    refused("swa.start must lie in [0, 1); got 1.0", () -> new SwaOptions(1, 0, null));
    refused("swa.start must lie in [0, 1); got NaN", () -> new SwaOptions(Double.NaN, 0, null));
    refused("swa.interval must be at least 0; got -1", () -> new SwaOptions(0.5, -1, null));
    refused("swa.rate must be above 0; got 0.0", () -> new SwaOptions(0.5, 0, 0.0));
    refused(
        "ema and swa cannot go together: a training keeps one average of its weights; leave one of"
            + " them out",
        () -> recipe(STANDARD).toBuilder().ema(new EmaOptions(0.9, true)).build());
    refused(
        "swa.rate ends the cycles of the schedule, whose snapshots are then none: leave swa.rate"
            + " out, or take another schedule",
        () ->
            recipe(new SwaOptions(0.5, 0, 0.1)).toBuilder()
                .schedule(new Cycles(0.1, 0, 0, 2))
                .build());
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingState(0, new float[3], List.of(), new float[3], new float[3]));
  }

  private static void refused(String message, Executable make) {
    assertEquals(message, assertThrows(ConvoyException.class, make).getMessage());
  }
}
