package io.convoy.fault;

import static io.convoy.fault.DrawnCurves.CHANCE;
import static io.convoy.fault.DrawnCurves.curve;
import static io.convoy.fault.DrawnCurves.evidence;
import static io.convoy.fault.DrawnCurves.finds;
import static io.convoy.fault.DrawnCurves.health;
import static io.convoy.fault.DrawnCurves.healthy;
import static io.convoy.fault.DrawnCurves.ranks;
import static io.convoy.fault.DrawnCurves.recipe;
import static io.convoy.fault.DrawnCurves.step;
import static io.convoy.fault.DrawnCurves.validate;
import static io.convoy.fault.DrawnCurves.waiting;
import static io.convoy.fault.DrawnCurves.wave;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Mixup;
import io.convoy.json.Json;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.MultiClassHinge;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Freeze;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule on either side of its edge, on curves that were drawn for it. */
class FaultRulesTest {
  /** Of any loss, what zeros give. */
  @Test
  void theLossOfWhoKnowsNothing() {
    assertEquals(CHANCE, ChanceLoss.of(recipe().build()).loss(), 1e-6);
    assertEquals(9, ChanceLoss.of(recipe().loss(MultiClassHinge.PLAIN).build()).loss(), 1e-6);
    ChanceLoss binary = ChanceLoss.of(recipe().loss(BinaryCrossEntropy.PLAIN).build());
    assertEquals(StrictMath.log(2), binary.loss(), 1e-6);
    assertEquals("zeros would give 0.6931", binary.words());
  }

  @Test
  void aLossFarAboveChance() {
    double edge = 1.5 * CHANCE + 0.5;
    assertFalse(finds(new RateTooHigh(), curve(200, s -> s < 60 ? 2 : edge - 0.1 - 1.5)));
    assertTrue(finds(new RateTooHigh(), curve(200, s -> s < 60 ? 2 : edge + 0.1)));
    // it began there, and falls: the first outputs were far from zero
    assertFalse(finds(new RateTooHigh(), curve(200, s -> 20 * Math.exp(-s / 30.0))));
  }

  @Test
  void aLossThatRisesAgain() {
    double rise = 0.4 * CHANCE;
    assertFalse(finds(new RateTooHigh(), curve(400, s -> s < 200 ? 0.5 : 0.5 + rise - 0.05)));
    assertTrue(finds(new RateTooHigh(), curve(400, s -> s < 200 ? 0.5 : 0.5 + rise + 0.05)));
    // a single batch may be hard
    assertFalse(finds(new RateTooHigh(), curve(400, s -> s == 300 ? 20 : 0.5)));
    assertEquals(
        "the mean loss over 50 steps was 0.5000 at step 50, and 2.000 at step 249",
        new RateTooHigh()
            .look(curve(400, s -> (s < 200 ? 0.5 : 2) - wave(s)))
            .orElseThrow()
            .evidence());
  }

  @Test
  void aLossThatFallsTooSlowlyOrNotAtAll() {
    Evidence level = curve(300, s -> CHANCE);
    assertTrue(finds(new StuckLoss(), level));
    assertFalse(finds(new RateTooLow(), level));
    Evidence slow = curve(300, s -> CHANCE - 0.0005 * s);
    assertFalse(finds(new StuckLoss(), slow));
    assertTrue(finds(new RateTooLow(), slow));
    Evidence good = curve(300, s -> CHANCE * Math.exp(-s / 100.0));
    assertFalse(finds(new StuckLoss(), good));
    assertFalse(finds(new RateTooLow(), good));
    assertFalse(finds(new StuckLoss(), curve(300, s -> 0.97 * CHANCE)));
    assertFalse(finds(new StuckLoss(), curve(199, s -> CHANCE)), "too early to say");
    assertTrue(
        new StuckLoss().blind(curve(199, s -> CHANCE)).orElseThrow().startsWith("too early"));
    assertFalse(new StuckLoss().blind(curve(199, s -> 1)).isPresent(), "it has learnt something");
  }

  @Test
  void nothingIsSaidDuringWarmUp() {
    Evidence evidence = evidence();
    for (long step = 1; step <= 300; step++) {
      evidence.add(step(step, CHANCE + wave(step)).put("rate", 1e-4 * step));
    }
    assertFalse(finds(new StuckLoss(), evidence));
    for (long step = 301; step <= 401; step++) {
      evidence.add(step(step, CHANCE + wave(step)).put("rate", 0.03));
    }
    assertTrue(finds(new StuckLoss(), evidence));
  }

  /** An epoch of a large set: it has not seen all of its images yet. */
  @Test
  void aLongEpochIsWaitedFor() {
    Evidence evidence = evidence();
    for (long step = 1; step <= 999; step++) {
      evidence.add(step(step, CHANCE + wave(step)).put("epoch", 0));
    }
    assertFalse(finds(new StuckLoss(), evidence));
    evidence.addResult(Json.object());
    assertTrue(finds(new StuckLoss(), evidence), "it has come to its end before");
    evidence = evidence();
    for (long step = 1; step <= 1000; step++) {
      evidence.add(step(step, CHANCE + wave(step)).put("epoch", 0));
    }
    assertTrue(finds(new StuckLoss(), evidence));
  }

  @Test
  void updatesAtTheEdges() {
    assertFalse(finds(new UpdateSizes(), healthy(1.1e-5, 0, 2)));
    assertTrue(finds(new UpdateSizes(), healthy(0.9e-5, 0, 2)));
    assertFalse(finds(new UpdateSizes(), healthy(0.9e-5, 0, 1)), "one look alone");
    assertFalse(finds(new UpdateSizes(), healthy(0.09, 0, 2)));
    assertTrue(finds(new UpdateSizes(), healthy(0.11, 0, 2)));
    assertTrue(finds(new UpdateSizes(), healthy(1.1, 0, 1)), "larger than the weights");
    assertFalse(finds(new RateTooLow(), healthy(0.9e-5, 0, 2)), "one of two layers learns");
  }

  /** Small updates in the warm-up mean nothing, and large ones among them are no rule. */
  @Test
  void updatesWhileTheRateRises() {
    Evidence evidence = evidence();
    for (long step = 1; step <= 600; step++) {
      evidence.add(step(step, 1).put("rate", 1e-4 * step));
      if (step % 100 == 0) {
        evidence.add(health(step, step == 200 || step == 500 ? 0.5 : step == 300 ? 1e-7 : 0.01, 0));
      }
    }
    assertFalse(finds(new UpdateSizes(), evidence));
  }

  @Test
  void frozenLayersMayStay() {
    FineTuning frozen =
        new FineTuning(
            null, null, FineTuning.Head.KEEP, List.of(new Freeze("conv1.*", 0)), List.of());
    Evidence evidence = new Evidence(recipe().fineTuning(frozen).build());
    for (long step = 1; step <= 300; step++) {
      evidence.add(step(step, 1 + wave(step)));
    }
    evidence.add(health(301, 0, 0));
    evidence.add(health(302, 0, 0));
    assertFalse(finds(new UpdateSizes(), evidence));
  }

  @Test
  void deadRectifiersAtTheEdge() {
    assertFalse(finds(new DeadRectifiers(), healthy(1e-3, 0.4, 1)));
    assertTrue(finds(new DeadRectifiers(), healthy(1e-3, 0.41, 1)));
  }

  @Test
  void aValidationLossThatRises() {
    for (double risen : List.of(0.59, 0.62)) {
      Evidence evidence = evidence();
      for (long step = 1; step <= 600; step++) {
        evidence.add(step(step, 1 / (1 + step / 100.0)));
        if (step % 100 == 0) {
          validate(evidence, step, step <= 300 ? 0.5 : risen, 0.5);
        }
      }
      assertEquals(risen > 0.6, finds(new Overfitting(), evidence), () -> "risen to " + risen);
    }
  }

  @Test
  void anAccuracyFarBelowThatOfTraining() {
    for (double accuracy : List.of(0.32, 0.25)) {
      Evidence evidence = curve(300, s -> 1);
      validate(evidence, 300, 1, accuracy);
      assertEquals(accuracy < 0.3, finds(new Overfitting(), evidence), () -> "at " + accuracy);
    }
    Evidence rising = evidence();
    for (long step = 1; step <= 300; step++) {
      rising.add(step(step, 1).put("rate", 1e-4 * step));
    }
    validate(rising, 300, 1, 0.25);
    assertFalse(finds(new Overfitting(), rising), "running statistics are behind");
  }

  @Test
  void anEndThatIsFarFromLearnt() {
    Evidence evidence = curve(300, s -> 0.6 * CHANCE);
    assertFalse(finds(new Underfitting(), evidence), "it has not ended");
    evidence.addResult(Json.object().put("testAccuracy", 0.5).put("testLoss", 0.6 * CHANCE));
    assertTrue(finds(new Underfitting(), evidence));
    evidence.addResult(Json.object().put("testAccuracy", 0.8).put("testLoss", 0.4 * CHANCE));
    assertFalse(finds(new Underfitting(), evidence), "what was held back is known well");
    Evidence good = curve(300, s -> 0.45 * CHANCE);
    good.addResult(Json.object());
    assertFalse(finds(new Underfitting(), good));
  }

  private static Evidence behind(Augmentation augmentation, double accuracy) {
    Evidence evidence = new Evidence(recipe().augmentation(augmentation).build());
    for (long step = 1; step <= 300; step++) {
      evidence.add(step(step, 1));
    }
    validate(evidence, 200, 0.3, accuracy);
    validate(evidence, 300, 0.3, accuracy);
    return evidence;
  }

  @Test
  void trainingFarBelowValidation() {
    Augmentation flip = new Augmentation(0, true);
    assertTrue(finds(new LabelsLost(), behind(flip, 0.8)));
    assertFalse(finds(new LabelsLost(), behind(flip, 0.7)));
    assertFalse(finds(new LabelsLost(), behind(Augmentation.NONE, 0.8)), "no augmentation");
    Augmentation mixed = flip.withMixing(new Mixup(0.2, 1.0), null);
    assertFalse(finds(new LabelsLost(), behind(mixed, 0.8)), "mixed images");
  }

  @Test
  void imagesOfAShard() {
    assertFalse(finds(new SmallShards(), new Evidence(recipe().batchSize(64).shards(8).build())));
    assertTrue(finds(new SmallShards(), new Evidence(recipe().batchSize(63).shards(8).build())));
    // where a batch has too few, fewer shards are used
    assertTrue(finds(new SmallShards(), new Evidence(recipe().batchSize(15).shards(8).build())));
  }

  @Test
  void waitingForImages() {
    assertFalse(finds(new WaitingForData(), waiting(300, 0.19)));
    assertTrue(finds(new WaitingForData(), waiting(300, 0.21)));
    assertFalse(finds(new WaitingForData(), waiting(150, 1)), "the first steps do not count");
  }

  @Test
  void oneSlowExecutor() {
    assertFalse(finds(new SlowExecutor(), ranks(1.4, 200)));
    assertFalse(finds(new SlowExecutor(), ranks(2, 25)), "too few steps");
    assertEquals(
        "rank 1, executor 8 on machine-1 takes 2.0 times as long over a shard as the others; 0.0 % of"
            + " that it waits for images",
        new SlowExecutor().look(ranks(2, 400)).orElseThrow().evidence());
  }
}
