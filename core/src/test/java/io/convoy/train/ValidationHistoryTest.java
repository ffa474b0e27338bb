package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.EarlyStoppingOptions;
import io.convoy.recipe.RecipeBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidationHistoryTest {
  /** Losses of validations at steps 10, 20, 30, …; the accuracies are all one half. */
  private static ValidationHistory losses(double... losses) {
    ValidationHistory history = ValidationHistory.EMPTY;
    for (double loss : losses) {
      long step = 10 * (history.results().size() + 1L);
      history = history.plus(new ValidationResult(step, 100, loss, 0.5));
    }
    return history;
  }

  private static long best(CheckpointOptions.Best by, ValidationResult... results) {
    ValidationHistory history = ValidationHistory.EMPTY;
    for (ValidationResult result : results) {
      history = history.plus(result);
    }
    return history.best(by).map(ValidationResult::step).orElse(-1L);
  }

  @Test
  void theBestIsTheFirstOfEqualOnes() {
    ValidationResult first = new ValidationResult(1, 10, 0.5, 0.7);
    ValidationResult sharper = new ValidationResult(2, 10, 0.6, 0.8);
    ValidationResult sure = new ValidationResult(3, 10, 0.4, 0.8);
    ValidationResult again = new ValidationResult(4, 10, 0.4, 0.8);
    assertEquals(3, best(CheckpointOptions.Best.LOSS, first, sharper, sure, again));
    assertEquals(3, best(CheckpointOptions.Best.ACCURACY, first, sharper, sure, again));
    assertEquals(2, best(CheckpointOptions.Best.ACCURACY, first, sharper));
    assertEquals(1, best(CheckpointOptions.Best.LOSS, first, sharper));
  }

  @Test
  void whatIsNoNumberIsNeverTheBest() {
    ValidationResult broken = new ValidationResult(1, 10, Double.NaN, 0.9);
    ValidationResult whole = new ValidationResult(2, 10, 7, 0.1);
    assertEquals(-1, best(CheckpointOptions.Best.ACCURACY, broken));
    assertEquals(2, best(CheckpointOptions.Best.ACCURACY, broken, whole));
    assertEquals(2, best(CheckpointOptions.Best.LOSS, broken, whole));
    assertEquals(Optional.empty(), ValidationHistory.EMPTY.best(CheckpointOptions.Best.LOSS));
  }

  @Test
  void validationsWithoutGainAreCountedFromTheLastOne() {
    assertEquals(0, ValidationHistory.EMPTY.withoutGain(0));
    assertEquals(0, losses(9).withoutGain(100));
    assertEquals(0, losses(1, 0.9, 0.8).withoutGain(0));
    assertEquals(1, losses(1, 0.9, 0.9).withoutGain(0));
    assertEquals(2, losses(1, 0.5, 0.6, 0.7).withoutGain(0));
    assertEquals(0, losses(1, 0.5, 0.6, 0.4).withoutGain(0));
    assertEquals(2, losses(Double.NaN, Double.NaN).withoutGain(0));
    assertEquals(0, losses(Double.NaN, 3).withoutGain(0));
  }

  /** Small falls count together once they exceed the least fall from where the last gain was. */
  @Test
  void aGainExceedsTheLeastFall() {
    assertEquals(1, losses(1, 0.75).withoutGain(0.25));
    assertEquals(0, losses(1, 0.74).withoutGain(0.25));
    assertEquals(2, losses(1, 0.9, 0.8).withoutGain(0.25));
    assertEquals(0, losses(1, 0.9, 0.8, 0.7).withoutGain(0.25));
  }

  @Test
  void trainingEndsWhenPatienceDoes() {
    EarlyStoppingOptions options = new EarlyStoppingOptions(2, 0);
    assertFalse(losses(1, 2).stops(options));
    assertTrue(losses(1, 2, 2).stops(options));
    assertTrue(losses(1, 2, 2, 2).stops(options));
    assertFalse(losses(1, 2, 0.5, 2).stops(options));
    assertFalse(losses(1, 2, 2, 2).stops(null));
    assertFalse(ValidationHistory.EMPTY.stops(options));
  }

  @Test
  void whatGoesByValidationNeedsSome() {
    RecipeBuilder plain = Trainings.standard(Trainings.MOMENTUM).toBuilder();
    RecipeBuilder stopping = plain.earlyStopping(new EarlyStoppingOptions(5, 0));
    assertEquals(
        "earlyStopping goes by validation: hold some images back for it, such as by validation:"
            + " {share: 0.1}",
        assertThrows(ConvoyException.class, stopping::build).getMessage());
  }
}
