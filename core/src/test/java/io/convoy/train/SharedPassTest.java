package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleFeed;
import io.convoy.feed.SampleOrder;
import io.convoy.feed.ShardOrder;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.operation.PassCapacity;
import io.convoy.recipe.Recipe;
import io.convoy.reference.BarImages;
import io.convoy.shard.ShardTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many shards share a pass has no part in a bit: each by itself is what they are held to. */
class SharedPassTest {
  private static final SampleSource IMAGES = BarImages.colour(64);

  /** A sum of gradients, and the figures of its shards. */
  private record Sum(float[] gradient, double[] figures) {
    void assertSame(Sum other, String about) {
      assertArrayEquals(bits(gradient), bits(other.gradient), about);
      assertArrayEquals(figures, other.figures, about);
    }

    private static int[] bits(float[] values) {
      int[] bits = new int[values.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float.floatToRawIntBits(values[i]);
      }
      return bits;
    }
  }

  /** All ways to compute a convolution; channels that fill panels and blocks, and leave tails. */
  private static Network network() {
    return Network.input(9, 7, 3)
        .then("stem", Conv2d.of(20, 5).withPadding(Padding.SAME))
        .then("norm1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("minimal", Conv2d.of(70, 3).withPadding(Padding.SAME))
        .then("relu2", new Relu())
        .then("depthwise", Conv2d.of(70, 3).withPadding(Padding.SAME).withGroups(70))
        .then("norm2", BatchNorm2d.standard())
        .then("pointwise", Conv2d.of(100, 1).withoutBias())
        .then("norm3", BatchNorm2d.standard())
        .then("relu3", new Relu())
        .then("grouped", Conv2d.of(100, 3).withPadding(Padding.SAME).withGroups(2))
        .join("sum", new Add(), "relu3", "grouped")
        .then("pool", MaxPool2d.of(2))
        .then("wide", Conv2d.of(200, 3).withPadding(Padding.SAME))
        .then("strided", Conv2d.of(33, 3).withStride(2).withPadding(Padding.of(1)))
        .then("norm4", BatchNorm2d.standard())
        .then("flatten", new Flatten())
        .then("dropout", new Dropout(0.25f))
        .then("hidden", Linear.of(110))
        .then("relu4", new Relu())
        .then("logits", Linear.of(5))
        .build();
  }

  private static Recipe recipe(Network network, int batch, int shards) {
    return Trainings.recipe(network, Trainings.MOMENTUM, shards, 1).toBuilder()
        .augmentation(new Augmentation(2, true))
        .batchSize(batch)
        .build();
  }

  /** The sums at the first step and at the last of the epoch, whose batch is smaller. */
  private static List<Sum> sums(Recipe recipe, Kernels kernels, int threads, int shardsOfPass) {
    BatchPlan plan = BatchPlan.of(recipe, IMAGES.size());
    SampleLoader loader =
        new SampleLoader(
            IMAGES,
            recipe.network().inputShape(),
            Standardization.of(IMAGES),
            recipe.augmentation(),
            recipe.seed());
    PassCapacity capacity =
        new PassCapacity(
            plan.mostSamples(shardsOfPass),
            shardsOfPass,
            plan.largestShard(),
            plan.batchSamples(0));
    float[] state = recipe.network().layout().initialState(3);
    List<Sum> sums = new ArrayList<>();
    SampleOrder order = new ShardOrder(plan, 1, plan.steps(recipe));
    try (WorkPool pool = new WorkPool(threads);
        SampleFeed feed = SampleFeed.of(loader, order, threads)) {
      ShardStep step = new ShardStep(recipe, plan, feed, kernels, pool, 1, capacity);
      for (long at : new long[] {0, plan.stepsPerEpoch() - 1}) {
        step.begin(at, 0, state);
        int shards = plan.usedShards(at);
        double[] figures = ShardFigures.of(recipe).room(shards);
        float[] sum = step.sum(ShardTree.root(shards), figures);
        sums.add(new Sum(sum.clone(), figures));
        Arrays.fill(sum, Float.NaN); // what a vector held must not matter
        step.release(sum);
      }
    }
    return sums;
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"13, 3", "17, 8", "19, 5", "30, 7"})
  void passesOfAnyNumberOfShardsGiveTheSameBits(int batch, int shards) {
    Recipe recipe = recipe(network(), batch, shards);
    Kernels kernels = KernelProvider.kernels();
    List<Sum> expected = sums(recipe, kernels, 1, 1);
    for (int ofPass = 1; ofPass <= shards; ofPass++) {
      for (int threads = 1; threads <= 3; threads++) {
        List<Sum> got = sums(recipe, kernels, threads, ofPass);
        for (int i = 0; i < expected.size(); i++) {
          String about = "%s shards of a pass, %s threads, sum %s".formatted(ofPass, threads, i);
          expected.get(i).assertSame(got.get(i), about);
        }
      }
    }
  }

  @Tag("slow")
  @Test
  void theScalarKernelsGiveThemToo() {
    Recipe recipe = recipe(network(), 17, 8);
    List<Sum> expected = sums(recipe, KernelProvider.kernels(), 2, 8);
    for (int ofPass : new int[] {1, 3, 8}) {
      List<Sum> got = sums(recipe, new ScalarKernels(), 2, ofPass);
      for (int i = 0; i < expected.size(); i++) {
        expected.get(i).assertSame(got.get(i), ofPass + " shards of a pass, sum " + i);
      }
    }
  }

  /** Many more threads than blocks: shards are shared out, then pieces of them. */
  @Test
  void soDoMoreThreadsThanThereIsWork() {
    Recipe recipe = recipe(network(), 30, 3);
    List<Sum> expected = sums(recipe, KernelProvider.kernels(), 1, 3);
    List<Sum> got = sums(recipe, KernelProvider.kernels(), 9, 3);
    for (int i = 0; i < expected.size(); i++) {
      expected.get(i).assertSame(got.get(i), "sum " + i);
    }
  }

  /** Losses of several outputs are summed shard by shard as well. */
  @Test
  void auxiliaryOutputsSharePassesToo() {
    Recipe recipe = recipe(AuxiliaryTraining.network(), 19, 5);
    Kernels kernels = KernelProvider.kernels();
    List<Sum> expected = sums(recipe, kernels, 1, 1);
    for (int ofPass = 1; ofPass <= 5; ofPass++) {
      List<Sum> got = sums(recipe, kernels, 1 + ofPass % 3, ofPass);
      for (int i = 0; i < expected.size(); i++) {
        expected.get(i).assertSame(got.get(i), ofPass + " shards of a pass, sum " + i);
      }
    }
  }

  @Test
  void passesAreAsLargeAsTheShareOfARank() {
    Recipe recipe = recipe(network(), 32, 8);
    BatchPlan plan = BatchPlan.of(recipe, IMAGES.size());
    assertEquals(new PassCapacity(32, 8, 4, 32), ShardPasses.capacity(recipe.network(), plan, 1));
    assertEquals(new PassCapacity(16, 4, 4, 32), ShardPasses.capacity(recipe.network(), plan, 2));
    assertEquals(new PassCapacity(8, 2, 4, 32), ShardPasses.capacity(recipe.network(), plan, 3));
    assertEquals(new PassCapacity(4, 1, 4, 32), ShardPasses.capacity(recipe.network(), plan, 8));
  }

  @Test
  void andNoLargerThanMemoryAllows() {
    Network large =
        Network.input(500, 500, 3)
            .then("a", Conv2d.of(64, 3))
            .then("b", new Relu())
            .then("c", new Flatten())
            .then("d", Linear.of(2))
            .build();
    BatchPlan plan = new BatchPlan(1000, 40, 10, 1);
    PassCapacity capacity = ShardPasses.capacity(large, plan, 1);
    assertTrue(capacity.shards() == 1 || capacity.shards() == 2, capacity.toString());
    assertEquals(4, capacity.shardSamples());
    assertEquals(4 * capacity.shards(), capacity.samples());
  }
}
