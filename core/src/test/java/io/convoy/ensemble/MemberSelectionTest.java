package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.ensemble.ValidationScore.Goal;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemberSelectionTest {
  private static final List<RatedCheckpoint> SAVED =
      List.of(
          checkpoint(400, 0.8, 0.5, true),
          checkpoint(100, 0.7, 0.9, false),
          checkpoint(200, 0.8, 0.6, true),
          new RatedCheckpoint(500, null, false),
          checkpoint(300, 0.9, 0.6, false),
          checkpoint(50, 0.99, Double.NaN, false));

  @Test
  void textIsReadAndWritten() {
    for (String text : List.of("last:5", "best:3", "greedy", "cycles", "soup")) {
      MemberSelection selection = MemberSelection.of(text);
      assertEquals(text, selection.toString());
      assertEquals("\"" + text + "\"", Json.text(selection));
      assertEquals(selection, Json.readFile(Json.bytes(selection), MemberSelection.class, "file"));
    }
    assertEquals(new MemberSelection.Last(12), MemberSelection.of("last:12"));
  }

  @Test
  void whatIsNoSelectionIsRefusedInWords() {
    assertEquals(
        "expected one of last:N, best:N, greedy, cycles, soup, N from 1 on, to select members; got"
            + " 'greed', did you mean 'greedy'?",
        refused("greed"));
    assertEquals("last:N selects at least 1 member; got last:0", refused("last:0"));
    assertEquals("best:N selects at least 1 member; got best:0", refused("best:0"));
    for (String text :
        List.of(
            "",
            "last",
            "best",
            "last:",
            "last:-1",
            "last:1.5",
            "soup:3",
            "greedy ",
            "LAST:2",
            "last:99999999999",
            "last:٣")) {
      assertTrue(refused(text).startsWith("expected one of last:N, "), text);
    }
  }

  @Test
  void stepsAreChosenByWhatTheNameMeans() {
    assertEquals(List.of(300L, 400L, 500L), steps("last:3", Goal.LOSS));
    assertEquals(List.of(400L, 200L, 300L), steps("best:3", Goal.LOSS));
    assertEquals(List.of(300L, 400L, 200L), steps("best:3", Goal.ACCURACY));
    assertEquals(List.of(200L, 400L), steps("cycles", Goal.LOSS));
    assertEquals(List.of(50L, 100L, 200L, 300L, 400L, 500L), steps("greedy", Goal.LOSS));
    assertEquals(List.of(50L, 100L, 200L, 300L, 400L, 500L), steps("soup", Goal.LOSS));
  }

  @Test
  void theOrderOfCheckpointsDoesNotMatter() {
    List<RatedCheckpoint> turned = new ArrayList<>(SAVED);
    for (int i = 0; i < SAVED.size(); i++) {
      Collections.rotate(turned, 1);
      for (String text : List.of("last:4", "best:4", "greedy", "cycles", "soup")) {
        MemberSelection selection = MemberSelection.of(text);
        assertEquals(
            selection.from(SAVED, Goal.LOSS, "run"), selection.from(turned, Goal.LOSS, "run"));
      }
    }
  }

  @Test
  void tooFewAreRefusedWithWhatThereIs() {
    assertEquals(
        "last:7 needs checkpoints, at least 7; runs/a has 6 (of step 50, 100, 200, 300, 400, 500):"
            + " select fewer, or keep more (checkpoint.keep)",
        tooFew("last:7", SAVED));
    assertEquals(
        "best:5 needs checkpoints with a finite validation loss, at least 5; runs/a has 4 (of step"
            + " 100, 200, 300, 400): select fewer, or train with validation and keep more"
            + " (checkpoint.keep)",
        tooFew("best:5", SAVED));
    assertEquals(
        "cycles needs checkpoints at the end of a cycle of the learning rate, at least 1; runs/a has"
            + " none: train with a cyclic schedule, or select others",
        tooFew("cycles", List.of(SAVED.get(1))));
    assertEquals(
        "soup needs checkpoints, at least 1; runs/a has none: train it first",
        tooFew("soup", List.of()));
    assertEquals(
        "greedy needs checkpoints, at least 1; runs/a has none: train it first",
        tooFew("greedy", List.of()));
  }

  private static String refused(String text) {
    return assertThrows(ConvoyException.class, () -> MemberSelection.of(text)).getMessage();
  }

  private static String tooFew(String text, List<RatedCheckpoint> saved) {
    MemberSelection selection = MemberSelection.of(text);
    return assertThrows(ConvoyException.class, () -> selection.from(saved, Goal.LOSS, "runs/a"))
        .getMessage();
  }

  private static List<Long> steps(String text, Goal goal) {
    return MemberSelection.of(text).from(SAVED, goal, "run").stream()
        .map(RatedCheckpoint::step)
        .toList();
  }

  private static RatedCheckpoint checkpoint(
      long step, double accuracy, double loss, boolean endsCycle) {
    return new RatedCheckpoint(step, new ValidationScore(accuracy, loss), endsCycle);
  }
}
