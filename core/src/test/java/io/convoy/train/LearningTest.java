package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Standardization;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.ClassWeights;
import io.convoy.loss.Huber;
import io.convoy.loss.Loss;
import io.convoy.loss.MeanSquaredError;
import io.convoy.loss.MultiClassHinge;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Network;
import io.convoy.optimizer.Adam;
import io.convoy.optimizer.Optimizer;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Cosine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That a training learns, and what it takes from the heap. */
class LearningTest {
  private static final BarImages TRAINING = BarImages.colour(400);
  private static final BarImages TEST = new BarImages(100, TRAINING.shape(), 5, 9);

  static Stream<Optimizer> optimizers() {
    return Stream.of(new Sgd(0.9f, true, 1e-4f, false), new Adam(0.9f, 0.99f, 1e-8f, 0, false));
  }

  private static Recipe recipe(Network network, Optimizer optimizer, int epochs) {
    double rate = optimizer instanceof Sgd ? 0.01 : 0.005;
    return Trainings.recipe(network, optimizer, new Cosine(rate, 0.5, 0), 32, 4, 1).toBuilder()
        .standardization(Standardization.of(TRAINING))
        .augmentation(Augmentation.NONE)
        .epochs(epochs)
        .build();
  }

  /** Five classes, so that chance is 20 %; 195 steps. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void aSmallTrainingReachesNinetyFivePercent(Optimizer optimizer) {
    Recipe recipe = recipe(Trainings.everything(), optimizer, 15);
    List<Double> losses = new ArrayList<>();
    try (LocalTrainer trainer = new LocalTrainer(recipe, TRAINING, KernelProvider.kernels(), 2)) {
      Evaluator.Result before = evaluate(recipe, trainer.state(), 1);
      trainer.train(trainer.totalSteps(), report -> losses.add(report.loss()));
      Evaluator.Result after = evaluate(recipe, trainer.state(), 2);
      assertEquals(100, after.samples());
      assertTrue(before.accuracy() < 0.5, "before: " + before);
      assertTrue(after.accuracy() >= 0.95, "after: " + after);
      assertTrue(after.loss() < 0.3, "after: " + after);
      assertTrue(losses.get(losses.size() - 1) < losses.get(0) / 3, losses.toString());
      assertEquals(after, evaluate(recipe, trainer.state(), 3), "threads have no part");
    }
  }

  static Stream<Loss> losses() {
    return Stream.of(
        new SoftmaxCrossEntropy(0, ClassWeights.BALANCED, 2),
        new MultiClassHinge(1, true, null),
        new BinaryCrossEntropy(0, ClassWeights.BALANCED),
        new MeanSquaredError(),
        new Huber(0.5f));
  }

  /** 520 steps, since squared distances take longer than logarithms. */
  @ParameterizedTest
  @MethodSource("losses")
  void soItDoesByEachLoss(Loss loss) {
    Optimizer adam = new Adam(0.9f, 0.99f, 1e-8f, 0, false);
    Recipe recipe = recipe(Trainings.everything(), adam, 40).toBuilder().loss(loss).build();
    try (LocalTrainer trainer = new LocalTrainer(recipe, TRAINING, KernelProvider.kernels(), 2)) {
      trainer.train(trainer.totalSteps(), report -> {});
      Evaluator.Result after = evaluate(recipe, trainer.state(), 2);
      assertTrue(after.accuracy() >= 0.95, "after: " + after);
    }
  }

  private static Evaluator.Result evaluate(Recipe recipe, TrainingState state, int threads) {
    return Trainings.evaluate(recipe, recipe.standardization(), state, TEST, threads);
  }

  /**
   * After the first steps (where the JVM still interprets the vector code, which then boxes) a step
   * takes little from the heap, and always as much: figures, nodes of the tree, and for each call
   * of a kernel with a ragged edge a tile of less than a kilobyte.
   */
  @Test
  @Tag("slow")
  void stepsAllocateLittleAndNoMoreAsTimeGoesOn() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long[] taken = new long[901];
    Recipe recipe = Trainings.plain(Trainings.everything(), 0.001, 13, 3);
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, Trainings.IMAGES, KernelProvider.kernels(), 1)) {
      trainer.train(
          900, report -> taken[(int) report.step()] = threads.getThreadAllocatedBytes(self));
    }
    long earlier = (taken[700] - taken[500]) / 200;
    long later = (taken[900] - taken[700]) / 200;
    String figures = "bytes a step: %s, then %s".formatted(earlier, later);
    assertTrue(later < 1_000_000, figures);
    assertTrue(later < 1.1 * earlier, figures);
  }
}
