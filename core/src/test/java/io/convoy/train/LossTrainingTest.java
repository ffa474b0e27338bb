package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.data.augment.Augmentation;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.loss.ClassWeights;
import io.convoy.loss.Loss;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;
import io.convoy.reference.ForkedJava;
import io.convoy.schedule.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The numerics contract for all losses, and what a sum is divided by where classes have weights.
 */
class LossTrainingTest {
  private static final int SAMPLES = Trainings.IMAGES.size();
  private static final int CLASSES = Trainings.IMAGES.classes().size();

  @Test
  void threadsChangeNoBit() {
    String one = LossTraining.hashes(1);
    assertEquals(LossTraining.LOSSES.size(), one.lines().distinct().count());
    assertEquals(one, LossTraining.hashes(2));
    assertEquals(one, LossTraining.hashes(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "4", "8", "16"})
  void lanesChangeNoBit(String provider) throws Exception {
    assumeTrue(
        KernelProvider.kernels().name().equals("simd"), "compared once, in the run with simd");
    assertEquals(LossTraining.hashes(2), ForkedJava.withKernels(provider, LossTraining.class));
  }

  /** As recipes go to executors and into run.json. */
  @Test
  void recipesKeepTheirLossInJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (Loss loss : LossTraining.LOSSES) {
      Recipe recipe = LossTraining.recipe(loss);
      assertEquals(recipe, json.readValue(json.writeValueAsBytes(recipe), Recipe.class));
    }
  }

  /** The change of the weights in one step at rate 1: the gradient of the whole set. */
  private static double[] gradient(ClassWeights weights, ClipOptions clip) {
    Recipe recipe =
        Trainings.recipe(
                Trainings.withoutNorm(),
                new Sgd(0, false, 0, false),
                new Constant(1, 0),
                SAMPLES,
                7,
                1)
            .toBuilder()
            .augmentation(Augmentation.NONE)
            .loss(new SoftmaxCrossEntropy(0, weights, 0))
            .clip(clip)
            .maxSteps(1)
            .build();
    float[] before = LocalTrainer.initialState(recipe).weights();
    float[] after = Trainings.train(recipe, 2).weights();
    return IntStream.range(0, before.length).mapToDouble(i -> before[i] - after[i]).toArray();
  }

  private static long[] counts() {
    long[] counts = new long[CLASSES];
    IntStream.range(0, SAMPLES).forEach(i -> counts[Trainings.IMAGES.label(i)]++);
    return counts;
  }

  private static ClassWeights only(int label) {
    float[] weights = new float[CLASSES];
    weights[label] = 1;
    return ClassWeights.of(weights);
  }

  /** The mean of the samples of each class by itself, joined by weights and counts. */
  @Test
  void theSumIsDividedByTheWeightOfTheBatch() {
    float[] weights = {0.5f, 3, 1, 0, 2.25f};
    long[] counts = counts();
    double all = 0;
    double[] expected = new double[gradient(only(0), null).length];
    for (int c = 0; c < CLASSES; c++) {
      assertTrue(counts[c] > 0);
      double weight = weights[c] * counts[c];
      all += weight;
      double[] mean = gradient(only(c), null);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += weight * mean[i];
      }
    }
    double[] got = gradient(ClassWeights.of(weights), null);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] / all, got[i], 1e-6, "element " + i);
    }
    // in two phases, where the norm is wanted: the same, bit for bit
    assertArrayEquals(got, gradient(ClassWeights.of(weights), new ClipOptions(null, 1e6f)));
    // a factor of all weights is no matter; a power of two not even to a bit
    assertArrayEquals(got, gradient(ClassWeights.of(2, 12, 4, 0, 9), null));
  }

  /** Those that are trained on: some are held back. */
  @Test
  void balancedWeightsFollowFromTheCounts() {
    Recipe balanced =
        LossTraining.recipe(new SoftmaxCrossEntropy(0.1f, ClassWeights.BALANCED, 1)).toBuilder()
            .validation(new ValidationOptions(0.3, null))
            .build();
    TrainingSplit split = TrainingSplit.of(balanced, Trainings.IMAGES);
    int[] counts = new int[CLASSES];
    IntStream.range(0, split.training().size()).forEach(i -> counts[split.training().label(i)]++);
    float[] weights = new float[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      weights[c] = (float) (split.training().size() / ((double) CLASSES * counts[c]));
    }
    Recipe given =
        balanced.toBuilder()
            .loss(new SoftmaxCrossEntropy(0.1f, ClassWeights.of(weights), 1))
            .build();
    String hash = Trainings.train(balanced, 2).weightsSha256();
    assertEquals(Trainings.train(given, 2).weightsSha256(), hash);
    Recipe even = balanced.toBuilder().loss(new SoftmaxCrossEntropy(0.1f, null, 1)).build();
    assertNotEquals(Trainings.train(even, 2).weightsSha256(), hash);
  }

  /** The last batch of an epoch is one sample: its class has no weight, and nothing is learnt. */
  @Test
  void aBatchOfNoWeightLeavesTheWeights() {
    Recipe recipe = LossTraining.recipe(new SoftmaxCrossEntropy(0.1f, only(0), 0));
    Recipe bare =
        recipe.toBuilder()
            .network(Trainings.withoutNorm())
            .optimizer(new Sgd(0, false, 0, false))
            .augmentation(Augmentation.NONE)
            .batchSize(1)
            .shards(1)
            .build();
    List<Double> losses = new ArrayList<>();
    int still = 0;
    try (LocalTrainer trainer =
        new LocalTrainer(bare, Trainings.IMAGES, KernelProvider.kernels(), 2)) {
      for (int step = 1; step <= SAMPLES; step++) {
        String before = trainer.state().weightsSha256();
        trainer.train(step, report -> losses.add(report.loss()));
        boolean same = before.equals(trainer.state().weightsSha256());
        assertEquals(losses.get(step - 1) == 0, same, "step " + step);
        still += same ? 1 : 0;
      }
    }
    assertEquals(SAMPLES - counts()[0], still);
  }

  /** Of the weights, by each loss. To be changed only together with {@link Numerics#VERSION}. */
  @Test
  @Tag("golden")
  void goldenHashes() {
    assertEquals(4, Numerics.VERSION);
    assertEquals(
        """
        e227f9dc71375f47aa1e3ac36f529f0fd7ea4a8580b492b0382bef15c7c77e89
        a33d0f1b8691187b4247d011799c6ffabc3d4df6eabc5e383cd01707e3da1ce9
        7c88668d6ea695958fd1e020546d31cd1f76e9ff57ad669ec5e979f3977ad18a
        021e1a8d6eddbf56df514fbb8842c5654abbffb50460c029d1e2afd7e60af262
        d0f29745d5258b21d5c6a081825b4c2fcd5af76aff4bdf7d1a69126d71ecf071
        72ab95ff6828ea7a5e3b96e4964876b272e51fe5272892d02e0c2c0502ad1815
        bdc44602b7964addea67117e4f406a897372781f7a35187bab4866a6c1f3120e""",
        LossTraining.hashes(2));
  }
}
