package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.SampleSource;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.SwaOptions;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Constant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Running statistics that are measured anew for averaged weights. */
class StatisticsRefreshTest {
  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final SwaOptions SWA = new SwaOptions(0.4, 3, null);

  /** With norms that take the last batch alone, if they are asked for. */
  private static Network network(float momentum) {
    return Network.input(9, 7, 3)
        .then("norm0", new BatchNorm2d(1e-5f, momentum))
        .then("conv1", Conv2d.of(10, 3).withPadding(Padding.SAME).withoutBias())
        .then("norm1", new BatchNorm2d(1e-5f, momentum))
        .then("relu1", new Relu())
        .then("dropout", new Dropout(0.25f))
        .then("conv2", Conv2d.of(10, 3).withPadding(Padding.SAME))
        .then("norm2", new BatchNorm2d(1e-5f, momentum))
        .join("sum", new Add(), "relu1", "norm2")
        .then("relu2", new Relu())
        .then("flatten", new Flatten())
        .then("logits", Linear.of(5))
        .build();
  }

  /** Four batches an epoch, the last of a single sample; augmented. */
  private static Recipe recipe(float momentum) {
    return Trainings.recipe(network(momentum), Trainings.MOMENTUM, 3, 1);
  }

  private static boolean isStatistic(Entry entry) {
    return !entry.parameter().role().trained();
  }

  /**
   * The truth: a training that takes no step worth the name, so that a batch norm which forgets at
   * once shows each batch's own mean and variance.
   */
  private static double[] meanOfBatches(float[] weights, int batches) {
    Recipe still =
        recipe(1).toBuilder()
            .optimizer(new Sgd(0f, false, 0f, false))
            .schedule(new Constant(1e-30, 0))
            .build();
    double[] sums = new double[weights.length];
    TrainingState from =
        new TrainingState(0, weights.clone(), LocalTrainer.initialState(still).slots());
    try (LocalTrainer trainer = new LocalTrainer(still, Trainings.IMAGES, KERNELS, 1, from)) {
      for (int batch = 1; batch <= batches; batch++) {
        trainer.train(batch, report -> {});
        for (int i = 0; i < sums.length; i++) {
          sums[i] += trainer.state().weights()[i];
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= batches;
    }
    return sums;
  }

  @Test
  void eachIsTheMeanOverTheBatches() {
    Recipe recipe = recipe(0.1f);
    float[] weights = Trainings.train(recipe, 2).weights();
    double[] expected = meanOfBatches(weights, 4);
    float[] refreshed =
        new StatisticsRefresh(recipe, Trainings.IMAGES).refreshed(weights, KERNELS, 2);
    for (Entry entry : recipe.network().layout().entries()) {
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        if (isStatistic(entry)) {
          assertEquals(expected[i], refreshed[i], 1e-6 * (1 + Math.abs(expected[i])), entry.name());
          assertNotEquals(weights[i], refreshed[i], entry.name());
        } else {
          assertEquals(weights[i], refreshed[i], entry.name());
        }
      }
    }
  }

  @Test
  void fewerSamplesAreWholeBatchesFromTheFirst() {
    Recipe recipe = recipe(0.1f).toBuilder().swa(new SwaOptions(0.5, 1, null, 14)).build();
    float[] weights = LocalTrainer.initialState(recipe).weights();
    StatisticsRefresh refresh = new StatisticsRefresh(recipe, Trainings.IMAGES);
    assertEquals(26, refresh.samples());
    double[] expected = meanOfBatches(weights, 2);
    float[] refreshed = refresh.refreshed(weights, KERNELS, 1);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], refreshed[i], 1e-6 * (1 + Math.abs(expected[i])));
    }
    Recipe all = recipe.toBuilder().swa(new SwaOptions(0.5, 1, null, 4000)).build();
    assertEquals(40, new StatisticsRefresh(all, Trainings.IMAGES).samples());
    assertEquals(40, new StatisticsRefresh(recipe(0.1f), Trainings.IMAGES).samples());
  }

  /** More ranks than blocks, too; and blocks of several batches. */
  @Test
  void whoMeasuresWhatIsNoMatter() {
    Recipe fourBatches = recipe(0.1f);
    Recipe seventy = fourBatches.toBuilder().batchSize(2).build(); // in 64 blocks
    for (Recipe recipe : List.of(fourBatches, seventy)) {
      SampleSource images = BarImages.colour(recipe.batchSize() == 2 ? 140 : 40);
      float[] weights = LocalTrainer.initialState(recipe).weights();
      StatisticsRefresh refresh = new StatisticsRefresh(recipe, images);
      float[] alone = refresh.refreshed(weights, KERNELS, 1);
      for (int ranks : new int[] {2, 3, 7}) {
        List<double[]> sums = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
          sums.addAll(refresh.sums(weights, KERNELS, 1 + rank % 3, rank, ranks));
        }
        assertArrayEquals(alone, refresh.refreshed(weights, sums));
        sums.remove(0);
        assertThrows(IllegalArgumentException.class, () -> refresh.refreshed(weights, sums));
      }
    }
  }

  /** What the statistics were before has no part in it. */
  @Test
  void itIsAFunctionOfTheTrainedWeightsAlone() {
    Recipe recipe = recipe(0.1f);
    StatisticsRefresh refresh = new StatisticsRefresh(recipe, Trainings.IMAGES);
    float[] weights = LocalTrainer.initialState(recipe).weights();
    float[] once = refresh.refreshed(weights, KERNELS, 1);
    assertArrayEquals(once, refresh.refreshed(once, KERNELS, 1));
  }

  @Test
  void itIsDueOnceAnAverageIsMoreThanTheWeights() {
    Recipe recipe = recipe(0.1f).toBuilder().swa(SWA).build(); // at 6, 9 and 12
    BatchPlan plan = BatchPlan.of(recipe, 40);
    for (long step = 0; step <= 12; step++) {
      assertEquals(step > 6, StatisticsRefresh.isDue(recipe, plan, step), "step " + step);
    }
    assertFalse(StatisticsRefresh.isDue(recipe(0.1f), plan, 12), "without swa");
    Network plain = Trainings.withoutNorm();
    assertFalse(
        StatisticsRefresh.isDue(recipe.toBuilder().network(plain).build(), plan, 12),
        "without batch norm");
  }

  @Test
  void aTrainingEndsWithItAndDoesNotFeelIt() {
    Recipe recipe = recipe(0.1f).toBuilder().swa(SWA).build();
    TrainingState whole = Trainings.train(recipe, 1);
    try (LocalTrainer trainer = new LocalTrainer(recipe, Trainings.IMAGES, KERNELS, 2)) {
      trainer.train(6, report -> {});
      assertEquals(trainer.state().arraysSha256(), trainer.finishedState().arraysSha256());
      trainer.train(7, report -> {});
      assertNotEquals(trainer.state().arraysSha256(), trainer.finishedState().arraysSha256());
      trainer.train(12, report -> {});
      assertEquals(whole.arraysSha256(), trainer.state().arraysSha256());
      TrainingState finished = trainer.finishedState();
      assertEquals(whole.weightsSha256(), finished.weightsSha256());
      assertArrayEquals(
          new StatisticsRefresh(recipe, Trainings.IMAGES).refreshed(whole.swa(), KERNELS, 1),
          finished.swa());
      assertSame(finished.swa(), finished.inferenceWeights());
    }
  }

  @Test
  void itsMemoryCountsWhereItIsWanted() {
    Recipe recipe = recipe(0.1f).toBuilder().swa(SWA).build();
    assertTrue(StatisticsRefresh.isWanted(recipe));
    assertFalse(StatisticsRefresh.isWanted(recipe(0.1f)));
    assertTrue(
        TrainingMemory.refresh(recipe, KERNELS, 1, 2)
            > TrainingMemory.of(recipe, KERNELS, 1, 2).buffers());
  }
}
