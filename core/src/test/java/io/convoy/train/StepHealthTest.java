package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.health.StepHealth;
import io.convoy.health.UpdateRatio;
import io.convoy.json.Json;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.StateLayout;
import io.convoy.optimizer.Lamb;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Freeze;
import io.convoy.recipe.Recipe;
import io.convoy.schedule.Constant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a training tells of its layers, against the weights before and after a step. */
class StepHealthTest {
  private static final List<String> LAYERS =
      List.of("stem", "relu1", "branch", "relu2", "down", "hidden", "relu3", "logits");

  /** A training's health at a step, and the weights on both sides of it. */
  private record Look(StepHealth health, float[] before, float[] after) {
    static Look at(Recipe recipe, long step) {
      try (LocalTrainer trainer =
          new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 2)) {
        trainer.train(step - 1, report -> {});
        float[] before = trainer.state().weights();
        List<StepHealth> seen = new ArrayList<>();
        trainer.train(
            step,
            new StepListener() {
              @Override
              public void onStep(StepReport report) {
                assertTrue(seen.isEmpty());
              }

              @Override
              public void onHealth(StepHealth health) {
                seen.add(health);
              }
            });
        assertEquals(1, seen.size());
        return new Look(seen.get(0), before, trainer.state().weights());
      }
    }

    double ratio(StateLayout.Entry entry) {
      double change = 0;
      double weights = 0;
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        change = Math.hypot(change, (double) after[i] - before[i]);
        weights = Math.hypot(weights, before[i]);
      }
      return change / weights;
    }
  }

  @Test
  void aChunkAtATime() {
    assertHealth(Trainings.standard(Trainings.MOMENTUM), 1);
  }

  @Test
  void inRounds() {
    assertHealth(Trainings.averagedAndClipped(), 1);
    Lamb lamb = new Lamb(0.9f, 0.99f, 1e-6f, null, 0.1f, false, false);
    assertHealth(Trainings.standard(lamb), 1);
  }

  @Test
  void everyHundredthStep() {
    Recipe longer = Trainings.standard(Trainings.ADAM).toBuilder().epochs(30).build();
    assertHealth(longer, 100);
    assertTrue(StepHealth.isDue(1) && StepHealth.isDue(100) && StepHealth.isDue(3_000_000_000L));
    assertFalse(StepHealth.isDue(2) || StepHealth.isDue(101) || StepHealth.isDue(50));
  }

  private static void assertHealth(Recipe recipe, long step) {
    Look look = Look.at(recipe, step);
    assertEquals(step, look.health().step());
    assertEquals(LAYERS, look.health().layers().stream().map(StepHealth.Layer::name).toList());
    StateLayout layout = recipe.network().layout();
    for (StepHealth.Layer layer : look.health().layers()) {
      boolean rectifier = layer.name().startsWith("relu");
      assertEquals(rectifier, layer.deadShare() != null, layer::toString);
      assertEquals(rectifier, layer.update() == null, layer::toString);
      if (rectifier) {
        assertTrue(layer.deadShare() >= 0 && layer.deadShare() <= 1, layer::toString);
        continue;
      }
      StateLayout.Entry weights =
          layout.entries().stream()
              .filter(entry -> entry.name().equals(layer.name() + ".weight"))
              .findFirst()
              .orElseThrow();
      double expected = look.ratio(weights);
      assertTrue(expected > 0, layer::toString);
      assertEquals(expected, layer.update().ratio(), 1e-9 * expected, layer::toString);
    }
  }

  /** What is frozen has no ratio; what lies behind it has. */
  @Test
  void frozenLayersTellNothing() {
    FineTuning tuning =
        new FineTuning(null, null, FineTuning.Head.KEEP, List.of(Freeze.of("stem")), List.of());
    Recipe recipe =
        Trainings.recipe(
                Trainings.everything(), Trainings.MOMENTUM, new Constant(0.01, 0), 13, 3, 1)
            .toBuilder()
            .fineTuning(tuning)
            .build();
    Look look = Look.at(recipe, 1);
    for (StepHealth.Layer layer : look.health().layers()) {
      if (layer.name().equals("stem")) {
        assertNull(layer.update());
      } else if (!layer.name().startsWith("relu")) {
        assertTrue(layer.update().ratio() > 0, layer::toString);
      }
    }
  }

  @Test
  void partsAddUp() {
    StepHealth.Layer none = new StepHealth.Layer("a", null, null);
    StepHealth.Layer some = new StepHealth.Layer("a", new UpdateRatio(9, 50), 0.5);
    StepHealth.Layer more = new StepHealth.Layer("a", new UpdateRatio(16, 50), null);
    StepHealth whole = part(none).and(part(some)).and(part(none)).and(part(more));
    assertEquals(part(new StepHealth.Layer("a", new UpdateRatio(25, 100), 0.5)), whole);
    assertEquals(0.5, whole.layers().get(0).update().ratio());
    assertEquals(whole, Json.read(Json.bytes(whole), StepHealth.class, "health"));
    assertEquals(part(none), Json.read(Json.bytes(part(none)), StepHealth.class, "health"));
    assertEquals(0, new UpdateRatio(0, 0).ratio());
    StepHealth wild = part(new StepHealth.Layer("a", new UpdateRatio(1 / 0.0, 0 / 0.0), null));
    assertEquals(wild, Json.read(Json.bytes(wild), StepHealth.class, "health"));
    assertEquals(Double.POSITIVE_INFINITY, new UpdateRatio(1, 0).ratio());
  }

  private static StepHealth part(StepHealth.Layer layer) {
    return new StepHealth(7, List.of(layer));
  }
}
