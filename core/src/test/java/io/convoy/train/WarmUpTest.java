package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.layer.Tanh;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.recipe.Recipe;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A training's first step finds its kernels warm, and its result does not depend on it. */
class WarmUpTest {
  /** What Winograd's form 5x5 and depthwise windows have besides. */
  private static Network convolutions() {
    return Network.input(9, 7, 3)
        .then("wide", Conv2d.of(32, 5).withPadding(Padding.SAME))
        .then(MaxPool2d.of(2))
        .then("depthwise", Conv2d.of(32, 3).withPadding(Padding.SAME).withGroups(32))
        .then("norm", BatchNorm2d.standard())
        .then(new Relu())
        .then("three", Conv2d.of(32, 3).withPadding(Padding.SAME))
        .then(new Tanh())
        .then(new GlobalAvgPool())
        .then("logits", Linear.of(5))
        .build();
  }

  /** All calls but the one that looks for subnormal numbers as a training begins or goes on. */
  private static Map<String, Integer> callsOfPasses(CountingKernels kernels) {
    Map<String, Integer> calls = kernels.takeCalls();
    calls.computeIfPresent("rows normalize", (name, count) -> count == 1 ? null : count - 1);
    return calls;
  }

  private static void assertWarmBeforeTheFirstStep(Network network, int shards) {
    Recipe recipe = Trainings.recipe(network, Trainings.MOMENTUM, shards, 1);
    CountingKernels kernels = new CountingKernels(KernelProvider.kernels());
    try (LocalTrainer trainer = new LocalTrainer(recipe, Trainings.IMAGES, kernels, 1)) {
      trainer.train(0, report -> {});
      Map<String, Integer> before = callsOfPasses(kernels);
      trainer.train(1, report -> {});
      Map<String, Integer> called = callsOfPasses(kernels);
      assertFalse(called.isEmpty());
      called.forEach(
          (kernel, times) -> {
            int warm = before.getOrDefault(kernel, 0);
            assertTrue(
                warm >= 20,
                () -> "%s: %s calls before, %s in step 1".formatted(kernel, warm, times));
          });
    }
  }

  @Test
  void whatAStepCallsWasCalledBefore() {
    assertWarmBeforeTheFirstStep(Trainings.everything(), 1);
    assertWarmBeforeTheFirstStep(Trainings.everything(), 3);
    assertWarmBeforeTheFirstStep(convolutions(), 3);
  }

  @Test
  void whatIsWarmIsNotWarmedAgain() {
    CountingKernels kernels = new CountingKernels(KernelProvider.kernels());
    for (int seed = 1; seed <= 3; seed++) {
      Recipe recipe = Trainings.recipe(convolutions(), Trainings.ADAM, 3, seed);
      kernels.takeCalls();
      try (LocalTrainer trainer = new LocalTrainer(recipe, Trainings.IMAGES, kernels, 1)) {
        trainer.train(0, report -> {});
      }
      assertEquals(seed > 1, callsOfPasses(kernels).isEmpty());
    }
  }

  @Test
  void stepsAreTheSameWithAndWithout() {
    Recipe recipe = Trainings.recipe(convolutions(), Trainings.MOMENTUM, 3, 1);
    CountingKernels cold = new CountingKernels(KernelProvider.kernels());
    assertArrayEquals(weights(recipe, cold), weights(recipe, cold)); // the second finds them warm
  }

  private static float[] weights(Recipe recipe, CountingKernels kernels) {
    try (LocalTrainer trainer = new LocalTrainer(recipe, Trainings.IMAGES, kernels, 1)) {
      trainer.train(3, report -> {});
      return trainer.state().weights();
    }
  }
}
