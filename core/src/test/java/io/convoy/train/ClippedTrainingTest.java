package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.StateLayout;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.Recipe;
import io.convoy.schedule.Constant;
import io.convoy.shard.ShardTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clipping within real steps, whose gradients show as the change of the weights. */
class ClippedTrainingTest {
  /** At rate 1 and without momentum the change of the weights is the gradient. */
  private static final Recipe BARE =
      Trainings.recipe(
              Trainings.everything(), new Sgd(0f, false, 0f, false), new Constant(1, 0), 13, 3, 1)
          .toBuilder()
          .maxSteps(1)
          .build();

  private static final StateLayout LAYOUT = BARE.network().layout();

  /** One step's mean gradient, in double precision, and what the step reported. */
  private record Step(float[] before, float[] after, StepReport report) {
    static Step of(ClipOptions clip) {
      Recipe recipe = BARE.toBuilder().clip(clip).build();
      List<StepReport> reports = new ArrayList<>();
      try (LocalTrainer trainer =
          new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 2)) {
        float[] before = trainer.state().weights();
        trainer.train(1, reports::add);
        return new Step(before, trainer.state().weights(), reports.get(0));
      }
    }

    double gradient(int i) {
      return (double) before[i] - after[i];
    }

    double norm() {
      double squares = 0;
      for (StateLayout.Entry entry : LAYOUT.trained()) {
        for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
          squares += gradient(i) * gradient(i);
        }
      }
      return Math.sqrt(squares);
    }
  }

  private interface Rule {
    double clipped(double gradient);
  }

  private static void assertClipped(Step free, Step clipped, Rule rule) {
    for (StateLayout.Entry entry : LAYOUT.entries()) {
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        if (entry.parameter().role().trained()) {
          double expected = rule.clipped(free.gradient(i));
          assertEquals(expected, clipped.gradient(i), 1e-6, entry.name() + " " + i);
        } else {
          assertEquals(free.after[i], clipped.after[i], "moving averages are no gradients");
        }
      }
    }
  }

  @Test
  void valuesAreLimited() {
    Step free = Step.of(null);
    float limit = 0.01f;
    Step clipped = Step.of(new ClipOptions(limit, null));
    assertClipped(free, clipped, g -> Math.max(-limit, Math.min(limit, g)));
    assertNull(clipped.report().gradientNorm());
  }

  @Test
  void theNormIsLimitedAndReported() {
    Step free = Step.of(null);
    double norm = free.norm();
    float limit = (float) (norm / 3);
    Step clipped = Step.of(new ClipOptions(null, limit));
    assertClipped(free, clipped, g -> g / 3);
    assertEquals(norm, clipped.report().gradientNorm(), 1e-5 * norm);
    assertEquals(limit, clipped.norm(), 1e-5 * norm);
    assertNull(free.report().gradientNorm());
    assertEquals(free.report().loss(), clipped.report().loss());
  }

  @Test
  void valuesAreLimitedBeforeTheNorm() {
    Step free = Step.of(null);
    Step byValue = Step.of(new ClipOptions(0.01f, null));
    float limit = (float) (byValue.norm() / 2);
    Step clipped = Step.of(new ClipOptions(0.01f, limit));
    assertClipped(free, clipped, g -> Math.max(-0.01, Math.min(0.01, g)) / 2);
    assertEquals(byValue.norm(), clipped.report().gradientNorm(), 1e-5 * byValue.norm());
  }

  /** The two phases give the bits of the one. */
  @Test
  void aLimitThatIsNotMetChangesNoBit() {
    Recipe free = Trainings.standard(Trainings.MOMENTUM);
    Recipe limited = free.toBuilder().clip(new ClipOptions(1e6f, 1e6f)).build();
    assertEquals(
        Trainings.train(free, 2).arraysSha256(), Trainings.train(limited, 2).arraysSha256());
  }

  @Test
  void threadsAndInterruptionsChangeNoBit() {
    interrupt(Trainings.averagedAndClipped());
    interrupt(Trainings.byNorms());
    interrupt(Trainings.byMatrices());
  }

  private static void interrupt(Recipe recipe) {
    List<String> whole = Trainings.train(recipe, 1).arraysSha256();
    assertEquals(whole, Trainings.train(recipe, 3).arraysSha256());
    TrainingState state = LocalTrainer.initialState(recipe);
    for (long until : new long[] {1, 4, 5, 12}) {
      try (LocalTrainer trainer =
          new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 2, state)) {
        trainer.train(until, report -> {});
        state = trainer.state();
      }
    }
    assertEquals(whole, state.arraysSha256());
  }

  @Test
  void theTestsOwnLimitIsMetInSomeStepsAndNotInOthers() {
    List<Double> norms = new ArrayList<>();
    Recipe recipe = Trainings.averagedAndClipped();
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 2)) {
      trainer.train(12, report -> norms.add(report.gradientNorm()));
    }
    long above = norms.stream().filter(norm -> norm > recipe.clip().norm()).count();
    assertTrue(above > 0 && above < norms.size(), norms.toString());
  }

  /** Weights that are numbers, a loss that is one, and a gradient that is none. */
  @Test
  void aNormThatIsNoNumberLeavesTheStateAsItWas() {
    Recipe recipe = BARE.toBuilder().clip(new ClipOptions(null, 1f)).build();
    BatchPlan plan = BatchPlan.of(recipe, 40);
    TrainingState state = LocalTrainer.initialState(recipe);
    String before = state.weightsSha256();
    ChunkUpdate update =
        new ChunkUpdate(recipe, plan, OwnedChunks.all(LAYOUT), List.of(), KernelProvider.kernels());
    float[] gradient = new float[LAYOUT.length()];
    gradient[LAYOUT.trained().get(2).offset()] = Float.POSITIVE_INFINITY;
    ShardFigures layout = ShardFigures.of(recipe);
    double[] figures = layout.room(plan.usedShards(0));
    figures[layout.weight(0)] = 13;
    update.begin(0, 1, figures);
    ShardTree.Node[] nodes = {ShardTree.root(plan.usedShards(0))};
    ShardSums sums = new ShardSums(nodes, new float[][] {gradient}, figures);
    WorkPool pool = new WorkPool(1);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> update.finishAll(sums, state.weights(), pool));
    assertTrue(
        error.getMessage().startsWith("step 1: the norm of the gradient is Infinity"),
        error.getMessage());
    assertEquals(before, state.weightsSha256());
  }
}
