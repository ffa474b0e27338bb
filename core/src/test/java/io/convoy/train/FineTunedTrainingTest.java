package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.format.SafetensorsWriter;
import io.convoy.format.TensorSlice;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Entry;
import io.convoy.optimizer.AdamW;
import io.convoy.optimizer.Optimizer;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Freeze;
import io.convoy.recipe.RateFactor;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.SwaOptions;
import io.convoy.reference.Numbers;
import io.convoy.schedule.Constant;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frozen layers, rates of their own, and weights to start from; four steps an epoch. */
class FineTunedTrainingTest {
  private static final StateLayout LAYOUT = Trainings.everything().layout();

  /** Everything up to the second batch norm, and it. */
  private static final Freeze[] TRUNK = {
    Freeze.of("stem"), Freeze.of("norm?"), Freeze.of("branch")
  };

  private static FineTuning frozen(Freeze... freeze) {
    return new FineTuning(null, null, FineTuning.Head.KEEP, List.of(freeze), List.of());
  }

  private static Recipe with(Recipe recipe, FineTuning tuning) {
    return recipe.toBuilder().fineTuning(tuning).build();
  }

  private static boolean same(float[] a, float[] b, Entry entry) {
    int end = entry.offset() + entry.length();
    return Arrays.equals(a, entry.offset(), end, b, entry.offset(), end);
  }

  private static boolean isTrunk(Entry entry) {
    return entry.name().matches("(stem|norm1|norm2|branch)\\..*");
  }

  private static void assertFrozen(Recipe recipe, TrainingState end) {
    TrainingState start = LocalTrainer.initialState(recipe);
    for (Entry entry : LAYOUT.entries()) {
      for (int a = 0; a < end.arrays().size(); a++) {
        float[] before = start.arrays().get(a);
        float[] after = end.arrays().get(a);
        String what = "%s in array %s".formatted(entry.name(), a);
        assertEquals(isTrunk(entry), same(before, after, entry), what);
      }
    }
  }

  /** Weights, decay, momentum, averages of batch norm and of the weights: all that there is. */
  @Test
  void frozenBytesStayWhateverTheOptimizer() {
    for (Recipe recipe :
        List.of(
            Trainings.standard(Trainings.MOMENTUM),
            Trainings.standard(Trainings.ADAM),
            Trainings.averagedAndClipped(),
            Trainings.standard(new AdamW(0.9f, 0.99f, 1e-8f, 0.05f, true)).toBuilder()
                .swa(new SwaOptions(0.3, 1, null))
                .build())) {
      Recipe tuned = with(recipe, frozen(TRUNK));
      assertFrozen(tuned, Trainings.train(tuned, 2));
    }
  }

  /** At the end of swa, statistics are measured anew; not those that are frozen. */
  @Test
  void theRefreshLeavesFrozenStatistics() {
    Recipe recipe =
        with(
            Trainings.standard(Trainings.MOMENTUM).toBuilder()
                .swa(new SwaOptions(0.3, 1, null))
                .build(),
            frozen(Freeze.of("norm1"), new Freeze("norm2", 1)));
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 2)) {
      trainer.train(trainer.totalSteps(), report -> {});
      TrainingState now = trainer.state();
      TrainingState finished = trainer.finishedState();
      for (Entry entry : LAYOUT.entries()) {
        boolean measured = entry.name().startsWith("norm2.running");
        assertEquals(!measured, same(now.swa(), finished.swa(), entry), entry.name());
        assertTrue(
            Float.isFinite(finished.swa()[entry.offset()]), () -> "a number: " + entry.name());
      }
    }
  }

  @Test
  void neitherThreadsNorShardsOfAPassChangeABit() {
    Recipe recipe =
        with(
            Trainings.averagedAndClipped(),
            frozen(Freeze.of("stem"), Freeze.of("norm1"), new Freeze("norm2", 2)));
    List<String> one = Trainings.train(recipe, 1).arraysSha256();
    assertEquals(one, Trainings.train(recipe, 3).arraysSha256());
  }

  /**
   * A rate that moves nothing has the backward pass go all the way: what is trained is the same.
   */
  @Test
  void whereTheBackwardPassEndsChangesNoBit() {
    Recipe plain = Trainings.standard(new Sgd(0.9f, false, 0f, false));
    FineTuning all = frozen(Freeze.of("stem"), Freeze.of("norm1"), Freeze.of("branch"));
    FineTuning still = frozen(Freeze.of("norm1"), Freeze.of("branch"));
    TrainingState ends = Trainings.train(with(plain, all), 2);
    TrainingState goesOn =
        Trainings.train(with(plain, still.withRates(new RateFactor("stem", 1e-30f))), 2);
    assertEquals(ends.weightsSha256(), goesOn.weightsSha256());
  }

  /** A limit to the norm is one of what is trained: the frozen gradient has no part in it. */
  @Test
  void theNormIsThatOfWhatIsTrained() {
    Recipe clipped =
        Trainings.standard(Trainings.MOMENTUM).toBuilder()
            .clip(new ClipOptions(null, 1e-3f))
            .build();
    List<Double> all = norms(clipped);
    List<Double> some = norms(with(clipped, frozen(Freeze.of("branch"), Freeze.of("down"))));
    assertTrue(some.get(0) < all.get(0), () -> some + " against " + all);
    assertTrue(some.get(0) > 0);
  }

  private static List<Double> norms(Recipe recipe) {
    List<Double> norms = new ArrayList<>();
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 1)) {
      trainer.train(2, report -> norms.add(report.gradientNorm()));
    }
    return norms;
  }

  /** Frozen for an epoch, then trained: as a training that begins there, Adam's step count too. */
  @Test
  void whatThawsBeginsLikeANewTraining() {
    Optimizer adam = Trainings.ADAM;
    Recipe all = Trainings.recipe(Trainings.everything(), adam, new Constant(0.01, 0), 13, 3, 1);
    Recipe gradual = with(all, frozen(new Freeze("stem", 1), new Freeze("norm1", 1)));
    try (LocalTrainer trainer =
        new LocalTrainer(gradual, Trainings.IMAGES, KernelProvider.kernels(), 2)) {
      trainer.train(4, report -> {});
      TrainingState thawing = trainer.state();
      TrainingState start = LocalTrainer.initialState(gradual);
      Entry stem = LAYOUT.entries().get(0);
      assertEquals("stem.weight", stem.name());
      assertTrue(same(start.weights(), thawing.weights(), stem));
      trainer.train(5, report -> {});
      float[] moved = trainer.state().weights();
      // the first step of Adam is the rate, whatever the gradient's size
      for (int i = stem.offset(); i < stem.offset() + stem.length(); i++) {
        assertEquals(0.01, Math.abs(moved[i] - thawing.weights()[i]), 1e-3, "element " + i);
      }
      Entry mean =
          LAYOUT.entries().stream()
              .filter(entry -> entry.name().equals("norm1.running_mean"))
              .findFirst()
              .orElseThrow();
      assertFalse(same(start.weights(), moved, mean));
    }
  }

  /** One step of plain SGD is rate times gradient: with a factor, so many times the way. */
  @Test
  void aFactorIsOneToTheRate() {
    Recipe plain =
        Trainings.recipe(
            Trainings.everything(),
            new Sgd(0f, false, 0f, false),
            new Constant(0.125, 0),
            13,
            3,
            1);
    FineTuning rates =
        new FineTuning(
            null,
            null,
            FineTuning.Head.KEEP,
            List.of(),
            List.of(new RateFactor("*.weight", 4), new RateFactor("logits", 0.25f)));
    float[] start = LocalTrainer.initialState(plain).weights();
    float[] once = afterOneStep(plain);
    float[] scaled = afterOneStep(with(plain, rates));
    for (Entry entry : LAYOUT.trained()) {
      float factor =
          entry.name().startsWith("logits") ? 0.25f : entry.name().endsWith("weight") ? 4 : 1;
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        double way = (double) once[i] - start[i];
        assertEquals(factor * way, (double) scaled[i] - start[i], 1e-6, entry.name());
      }
    }
  }

  private static float[] afterOneStep(Recipe recipe) {
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 1)) {
      trainer.train(1, report -> {});
      return trainer.state().weights();
    }
  }

  @Test
  void aFileIsAStart(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("w.safetensors");
    float[] trained = Numbers.array(5, LAYOUT.length());
    for (int i = 0; i < trained.length; i++) {
      trained[i] *= 0.1f;
    }
    for (Entry entry : LAYOUT.entries()) {
      if (entry.name().endsWith("running_var")) {
        Arrays.fill(trained, entry.offset(), entry.offset() + entry.length(), 0.75f);
      }
    }
    List<TensorSlice> tensors =
        LAYOUT.entries().stream()
            .map(e -> new TensorSlice(e.name(), e.parameter().shape(), trained, e.offset()))
            .toList();
    try (OutputStream out = Files.newOutputStream(file)) {
      var unused = new SafetensorsWriter(tensors, Map.of()).write(out);
    }
    Recipe recipe =
        with(
            Trainings.standard(Trainings.MOMENTUM).toBuilder()
                .ema(new EmaOptions(0.9, true))
                .build(),
            FineTuning.from(file.toString()).withFreeze(TRUNK));
    TrainingState start = LocalTrainer.initialState(recipe);
    assertArrayEquals(trained, start.weights());
    assertArrayEquals(trained, start.ema());
    TrainingState end = Trainings.train(recipe, 2);
    assertFrozen(recipe, end);
    assertNotEquals(start.weightsSha256(), end.weightsSha256());
  }
}
