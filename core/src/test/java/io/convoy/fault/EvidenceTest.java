package io.convoy.fault;

import static io.convoy.fault.DrawnCurves.curve;
import static io.convoy.fault.DrawnCurves.evidence;
import static io.convoy.fault.DrawnCurves.finds;
import static io.convoy.fault.DrawnCurves.healthy;
import static io.convoy.fault.DrawnCurves.ranks;
import static io.convoy.fault.DrawnCurves.recipe;
import static io.convoy.fault.DrawnCurves.step;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is taken from lines of metrics, what is missing in them, and what is told in time. */
class EvidenceTest {
  @Test
  void withoutEvidenceAllAreSilent() {
    Evidence nothing = evidence();
    for (FaultDetector detector : FaultDetectors.WITHOUT_DATA) {
      assertFalse(finds(detector, nothing), detector::name);
    }
    for (FaultDetector detector : FaultDetectors.OF_DATA) {
      assertFalse(finds(detector, nothing), detector::name);
    }
    // rules of the recipe alone know all they need, and without augmentation no label is lost
    assertEquals(
        List.of(
            "rate too high",
            "rate too low",
            "loss stuck",
            "dead rectifiers",
            "update sizes",
            "overfitting",
            "underfitting",
            "waiting for data",
            "slow executor",
            "leaked images",
            "contradicting labels",
            "imbalance"),
        List.copyOf(FaultDetectors.blind(nothing).keySet()));
  }

  /** As older releases wrote it: neither ranks nor layers. */
  @Test
  void whatOlderMetricsDoNotTell() {
    Map<String, String> blind = FaultDetectors.blind(curve(400, s -> 1));
    assertEquals(
        "the steps do not tell the times of ranks: an older release wrote them",
        blind.get("slow executor"));
    assertEquals("the metrics tell of no layer twice at the full rate", blind.get("update sizes"));
    assertEquals(
        "neither metrics nor a checkpoint tell of rectifiers", blind.get("dead rectifiers"));
    assertFalse(blind.containsKey("rate too high"), blind::toString);
    assertFalse(blind.containsKey("loss stuck"), blind::toString);
    assertFalse(FaultDetectors.blind(healthy(1e-3, 0, 2)).containsKey("update sizes"));
    assertFalse(FaultDetectors.blind(ranks(1, 2)).containsKey("slow executor"));
  }

  @Test
  void linesThatMeanNothingArePassedOver() {
    Evidence evidence = evidence();
    evidence.add(Json.object().put("snapshot", 1));
    evidence.add(Json.object().put("step", 3).put("snapshot", 1));
    evidence.add(Json.object().put("step", "4").put("loss", 2));
    evidence.add(Json.object().put("step", 5).put("health", "none").put("executors", 3));
    assertEquals(0, evidence.steps());
    evidence.add(step(1, 2));
    evidence.add(step(1, 2));
    assertEquals(1, evidence.steps(), "a step of a lost segment comes again");
  }

  @Test
  void whatDivergedAndWentOnIsForgotten() {
    Evidence evidence = curve(30, s -> 2);
    evidence.add(Json.object().put("step", 31).put("diverged", "step 31: the loss is NaN"));
    assertEquals(
        "diverged: step 31: the loss is NaN",
        new RateTooHigh().look(evidence).orElseThrow().evidence());
    evidence.add(step(31, 2));
    assertFalse(finds(new RateTooHigh(), evidence));
    evidence.add(Json.object().put("step", 31).put("validationLoss", "NaN"));
    assertEquals(
        "diverged: step 31: the validation loss is NaN",
        new RateTooHigh().look(evidence).orElseThrow().evidence());
  }

  @Test
  void aWatchTellsEachFaultOnceAndSoon() {
    List<String> told = new ArrayList<>();
    long[] now = {0};
    FaultWatch watch =
        new FaultWatch(recipe().build(), finding -> told.add(finding.fault() + " @" + now[0]));
    for (long step = 1; step <= 700; step++) {
      now[0] = step;
      watch.add(step(step, step < 300 ? 1 : 8));
    }
    assertEquals(1, told.size(), told::toString);
    long at = Long.parseLong(told.get(0).replaceAll("rate too high @", ""));
    assertTrue(at > 300 && at <= 400, told::toString);
  }

  /** A million steps take no more room, and hardly time. */
  @Test
  void aLongTraining() {
    Evidence evidence = curve(1_000_000, s -> 2 / (1 + s / 1000.0));
    assertEquals(1_000_000, evidence.steps());
    for (FaultDetector detector : FaultDetectors.WITHOUT_DATA) {
      assertFalse(finds(detector, evidence), detector::name);
    }
  }
}
