package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.recipe.CheckpointOptions.Best;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RungsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 9, 3, '[1, 3, 9]'",
    "1, 10, 3, '[1, 3, 10]'",
    "2, 10, 3, '[3, 10]'",
    "1, 2, 3, '[2]'",
    "1, 8, 2, '[1, 2, 4, 8]'",
    "5, 5, 4, '[5]'"
  })
  void epochsGrowByEta(int least, int most, int eta, String epochs) {
    assertEquals(epochs, Rungs.of(least, most, eta).epochs().toString());
  }

  @Test
  void oneOfEtaGoesOn() {
    Rungs rungs = Rungs.of(1, 9, 3);
    assertEquals(9, rungs.goOn(27));
    assertEquals(8, rungs.goOn(26));
    assertEquals(1, rungs.goOn(2));
    // 27 for one epoch, 9 for two more, 3 for six more
    assertEquals(27 + 9 * 2 + 3 * 6, rungs.epochsOf(27));
  }

  @Test
  void numbersOutOfTheirRangeAreTold() {
    tells("--trials must be at least 2", () -> new SearchOptions(1, 1, 9, 3, 0, 1));
    tells("--eta must be at least 2; got 1", () -> new SearchOptions(9, 1, 9, 1, 0, 1));
    tells("--folds must be at least 2", () -> new SearchOptions(9, 1, 9, 3, 1, 1));
    tells("--min-epochs must be at least 1", () -> new SearchOptions(9, 0, 9, 3, 0, 1));
    tells(
        "--min-epochs must be at most --max-epochs; got 9 and 5",
        () -> new SearchOptions(9, 9, 5, 3, 0, 1));
  }

  private static void tells(String part, Runnable wrong) {
    String message = assertThrows(ConvoyException.class, wrong::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static PartResult part(int trial, int part, int epochs, double loss, double accuracy) {
    return new PartResult(trial, part, epochs, loss, accuracy, 2.5, null);
  }

  private static TrialResult trial(int trial, int epochs, double loss, double accuracy) {
    return TrialResult.of(trial, Map.of(), List.of(part(trial, 0, epochs, loss, accuracy)), 0);
  }

  @Test
  void theBetterOnesComeFirstWhereTheyAreAsFar() {
    TrialResult failed = TrialResult.failed(0, Map.of(), "no recipe");
    Stream<TrialResult> trials =
        Stream.of(
            failed,
            trial(1, 1, 0.1, 0.99),
            trial(2, 3, 0.5, 0.8),
            trial(3, 3, 0.4, 0.7),
            trial(4, 3, 0.3, 0.8),
            trial(5, 3, 0.3, 0.8));
    List<TrialResult> all = trials.toList();
    assertEquals(List.of(4, 5, 3, 2, 1, 0), sorted(all, Best.LOSS));
    assertEquals(List.of(4, 5, 2, 3, 1, 0), sorted(all, Best.ACCURACY));
  }

  private static List<Integer> sorted(List<TrialResult> all, Best by) {
    return all.stream().sorted(TrialResult.order(by)).map(TrialResult::trial).toList();
  }

  /** By hand: 1, 2, 6 have the mean 3 and the variance (4 + 1 + 9) / 2 = 7. */
  @Test
  void foldsHaveAMeanAndASpread() {
    List<PartResult> folds =
        List.of(part(4, 0, 3, 1, 0.2), part(4, 1, 3, 2, 0.4), part(4, 2, 3, 6, 0.6));
    TrialResult result = TrialResult.of(4, Map.of(), folds, 10);
    assertEquals(3, result.loss(), 1e-12);
    assertEquals(StrictMath.sqrt(7), result.lossSpread(), 1e-12);
    assertEquals(0.4, result.accuracy(), 1e-12);
    assertEquals(0.2, result.accuracySpread(), 1e-12);
    assertEquals(17.5, result.seconds(), 1e-12);
    TrialResult alone = trial(1, 3, 2, 0.5);
    assertEquals(null, alone.lossSpread());
    PartResult lost = new PartResult(4, 1, 3, null, null, 1, "it diverged");
    TrialResult failed = TrialResult.of(4, Map.of(), List.of(folds.get(0), lost), 0);
    assertEquals("it diverged", failed.failure());
    assertEquals(null, failed.loss());
  }
}
