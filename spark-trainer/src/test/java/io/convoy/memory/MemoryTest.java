package io.convoy.memory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.reader.Idx;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.optimizer.Adam;
import io.convoy.optimizer.Optimizer;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.schedule.Constant;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** The heaps that are worked out, against sizes counted by hand. */
final class MemoryTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final Optimizer PLAIN = new Sgd(0f, false, 0f, false);
  private static final Optimizer MOMENTUM = new Sgd(0.9f, false, 0f, false);

  /** 1000 inputs and so many outputs: a state of 4004 bytes for each of these. */
  private static Recipe recipe(int outputs, Optimizer optimizer, Sync sync, int shards) {
    return new RecipeBuilder()
        .network(
            Network.input(10, 10, 10)
                .then(new Flatten())
                .then("logits", Linear.of(outputs))
                .build())
        .data(new DataOptions(new Idx(), null, null))
        .augmentation(Augmentation.NONE)
        .batchSize(64)
        .shards(shards)
        .epochs(1)
        .optimizer(optimizer)
        .schedule(new Constant(0.1, 0))
        .sync(sync)
        .build();
  }

  @Test
  void aDriverHoldsTheStatesOfASegmentsEnds() {
    long vector = 4004L * 5000;
    assertEquals(
        new DriverMemory(2 * 2 * vector, 2 * vector, 2 * vector, 0, 0),
        DriverMemory.of(recipe(5000, MOMENTUM, Sync.PEERS, 8), 3));
    Recipe averaged =
        recipe(5000, new Adam(0.9f, 0.999f, 1e-8f, 0f, false), Sync.PEERS, 8).toBuilder()
            .ema(new EmaOptions(0.9, true))
            .build();
    assertEquals(8 * vector, DriverMemory.of(averaged, 3).states());
  }

  /** 8 shards over 3 ranks: 0 and 1; 2, 3 and 4; 5, 6 and 7: one sub-tree, two and two. */
  @Test
  void aDriverThatSumsHoldsEachSubTree() {
    long vector = 4004L * 5000;
    assertEquals(
        new DriverMemory(2 * vector + 5 * vector, 2 * vector, vector, 0, 0),
        DriverMemory.of(recipe(5000, PLAIN, Sync.DRIVER, 8), 3));
  }

  @Test
  void aHeapIsTooSmallOnlyWhereWhatMustBeThereDoesNotFit() {
    DriverMemory memory = new DriverMemory(800 * MIB, 400 * MIB, 400 * MIB, 0, 0);
    assertTrue(memory.exceeds(800 * MIB));
    // of the blocks, Spark keeps 0.6 (heap - 300 MiB) in memory: all 400 MiB from 967 MiB on
    assertTrue(memory.exceeds(1199 * MIB));
    assertFalse(memory.exceeds(1201 * MIB));
    assertFalse(memory.exceeds(memory.heap()));
    assertEquals(1600 * MIB + 1600 * MIB / 3 + 300 * MIB, memory.heap());
  }

  /** 138 million parameters with momentum were trained by a driver of 7 GB: LimitsTest. */
  @Test
  void aDriverThatWorksIsNotStopped() {
    long state = 2 * 4L * 138_000_000;
    DriverMemory memory = new DriverMemory(2 * state, state, state, 0, 0);
    assertFalse(memory.exceeds(7 * GIB));
    assertTrue(memory.heap() < 7 * GIB, () -> MemorySize.rounded(memory.heap()));
  }

  /** 5 members of 1000 images and 50 classes: 200,000 bytes of logits each. */
  @Test
  void aDriverThatChoosesHoldsMembersAndTheirOutputs() {
    long vector = 4004L * 50;
    DriverMemory memory = DriverMemory.ensemble(recipe(50, MOMENTUM, Sync.PEERS, 8), 5, 1000);
    long outcomes = 7 * 1000 * 20;
    long likelihoods = 5 * 1000 * 8;
    assertEquals(10 * vector + 9 * 200_000 + outcomes + likelihoods, memory.states());
    assertEquals(2 * vector, memory.blocks());
  }

  @Test
  void smallTrainingsAreNeverStopped() {
    Recipe small = recipe(10, MOMENTUM, Sync.PEERS, 8);
    DriverMemory here = DriverMemory.shared(small, KernelProvider.kernels(), 1, 2);
    assertDoesNotThrow(() -> here.requireFits(64 * MIB, "-Xmx%s"));
    assertEquals("1g", MemorySize.rounded(DriverMemory.of(small, 8).heap()));
    assertEquals(
        "1g",
        MemorySize.rounded(
            ExecutorMemory.training(small, KernelProvider.kernels(), 1, 8, 0).heap()));
  }

  @Test
  void theErrorGivesTheOption() {
    DriverMemory memory = new DriverMemory(800 * MIB, 400 * MIB, 400 * MIB, 0, 0);
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> memory.requireFits(1000 * MIB, HeapOption.of(new SparkConf(false))));
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    assertEquals(
        "the driver's heap of 1000m is too small for this training, whose states alone take 800m"
            + " there (weights, optimizer's state and averages, of a segment's start and of its"
            + " end): give it -Xmx2560m",
        error.getMessage());
    SparkConf submitted = new SparkConf(false).set("spark.submit.deployMode", "client");
    assertEquals("--driver-memory %s", HeapOption.of(submitted));
  }

  @Test
  void moreExecutorsHoldLessOfWhatIsOwned() {
    long vector = 4004L * 5000;
    Recipe recipe = recipe(5000, MOMENTUM, Sync.PEERS, 8);
    ExecutorMemory one = ExecutorMemory.training(recipe, KernelProvider.kernels(), 1, 1, 7);
    ExecutorMemory eight = ExecutorMemory.training(recipe, KernelProvider.kernels(), 1, 8, 7);
    assertEquals(2 * vector, one.state());
    assertEquals(vector, one.gradients()); // all shards in one pass
    ExecutorMemory three = ExecutorMemory.training(recipe, KernelProvider.kernels(), 1, 3, 7);
    assertEquals(2 * vector, three.gradients()); // shards 2 to 4 are two sub-trees
    assertEquals(0, one.exchange());
    assertEquals(0, one.direct());
    assertEquals(vector + vector / 8, eight.state(), 32_768);
    assertEquals(vector, eight.gradients());
    assertTrue(eight.direct() > 7 * 2 * 96 * 1024 && eight.direct() < 7 * 2 * 100 * 1024);
    assertEquals(7, eight.images());
    assertTrue(eight.heap() <= one.heap());
  }

  @Test
  void anEvaluationCountsBesideAReplicaOnlyWhereItInterrupts() {
    Recipe recipe = recipe(500_000 / 4, MOMENTUM, Sync.PEERS, 8);
    Recipe validated = recipe.toBuilder().validation(new ValidationOptions(0.1, null)).build();
    ExecutorMemory after = ExecutorMemory.training(recipe, KernelProvider.kernels(), 1, 2, 0);
    ExecutorMemory within = ExecutorMemory.training(validated, KernelProvider.kernels(), 1, 2, 0);
    assertEquals(after.evaluation(), within.evaluation());
    assertEquals(after.evaluation(), within.live() - after.live());
    assertTrue(
        ExecutorMemory.evaluation(recipe, KernelProvider.kernels(), 1, 0).live() < after.live());
  }

  @Test
  void sizesAsSparkTakesThem() {
    assertEquals("256m", MemorySize.rounded(1));
    assertEquals("1g", MemorySize.rounded(GIB));
    assertEquals("1280m", MemorySize.rounded(GIB + 1));
    assertEquals("48g", MemorySize.rounded(48 * GIB - MIB));
    assertEquals("0m", MemorySize.ofAtLeast(0));
    assertEquals("1m", MemorySize.ofAtLeast(1));
    assertEquals("1025m", MemorySize.ofAtLeast(GIB + 1));
  }
}
