package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.execution.BufferPlan;
import io.convoy.execution.Execution;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.operation.PassCapacity;
import io.convoy.optimizer.Adam;
import io.convoy.recipe.Recipe;
import io.convoy.reference.BarImages;
import io.convoy.shard.ShardTree;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planned is what is taken: by count, by the JVM's own account, and after a step. */
class TrainingMemoryTest {
  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final Set<String> ARRAYS = Set.of("[F", "[I");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void planningCountsWhatIsTaken(int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      for (int capacity : new int[] {1, 5, 64}) {
        BufferPlan plan =
            Execution.planTraining(
                wide(), PassCapacity.of(capacity), ConvolutionAlgorithm.AUTO, KERNELS, pool);
        Execution taken = Execution.training(wide(), capacity, KERNELS, pool);
        assertEquals(taken.bytes(), plan.bytes());
        long input = taken.input().bytes();
        assertEquals(input, plan.activations().get(Network.INPUT));
        assertEquals(taken.output().bytes(), plan.activations().get("logits"));
      }
    }
  }

  @Test
  void inferenceTakesAFractionAndIsPlannedAsWell() {
    try (WorkPool pool = new WorkPool(2)) {
      BufferPlan plan =
          Execution.planInference(wide(), 64, ConvolutionAlgorithm.AUTO, KERNELS, pool);
      assertEquals(Execution.inference(wide(), 64, KERNELS, pool).bytes(), plan.bytes());
      long training =
          Execution.planTraining(
                  wide(), PassCapacity.of(64), ConvolutionAlgorithm.AUTO, KERNELS, pool)
              .bytes();
      assertTrue(plan.bytes() < training / 2, () -> plan.bytes() + " of " + training);
    }
  }

  /** An array that an operation takes behind the arena's back would show here. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theVirtualMachineAgrees(int threads) {
    ThreadMXBean account = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (WorkPool pool = new WorkPool(threads)) {
      Execution.training(wide(), 160, KERNELS, pool); // loads the classes
      Network network = wide();
      long before = account.getCurrentThreadAllocatedBytes();
      Execution taken = Execution.training(network, 160, KERNELS, pool);
      long allocated = account.getCurrentThreadAllocatedBytes() - before;
      assertNear(allocated, taken.bytes(), 0.005);
    }
  }

  @Test
  void planningTakesNextToNothing() {
    ThreadMXBean account = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (WorkPool pool = new WorkPool(2)) {
      Execution.planTraining(
          wide(),
          PassCapacity.of(48),
          ConvolutionAlgorithm.AUTO,
          KERNELS,
          pool); // loads the classes
      long before = account.getCurrentThreadAllocatedBytes();
      long planned =
          Execution.planTraining(
                  wide(), PassCapacity.of(48), ConvolutionAlgorithm.AUTO, KERNELS, pool)
              .bytes();
      long allocated = account.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < planned / 10, () -> allocated + " of " + planned);
    }
  }

  /** What stays on the heap after a real step is what was said. */
  @Test
  void aRealStepTakesAsMuch() throws JMException {
    Recipe recipe = recipe();
    SampleSource images = BarImages.colour(recipe.batchSize());
    TrainingMemory memory = TrainingMemory.of(recipe, KERNELS, 2);
    LocalTrainer.initialState(recipe); // loads the classes
    long before = heap();
    try (LocalTrainer trainer = new LocalTrainer(recipe, images, KERNELS, 2)) {
      trainer.train(1, report -> {});
      long taken = heap() - before;
      assertNear(taken, memory.total(), 0.005);
      Reference.reachabilityFence(trainer);
    }
    assertEquals(memory.weights(), 4L * recipe.network().layout().length());
    assertEquals(2 * memory.weights(), memory.slots());
    assertTrue(memory.perThread() > 0 && memory.perThread() < memory.buffers() / 4);
  }

  @Test
  void asManyGradientsAsTheTreeIsDeep() {
    assertEquals(1, TreeVectors.live(ShardTree.root(1), 1));
    assertEquals(2, TreeVectors.live(ShardTree.root(2), 1));
    assertEquals(4, TreeVectors.live(ShardTree.root(8), 1));
    assertEquals(3, TreeVectors.live(ShardTree.root(7), 1));
    assertEquals(2, TreeVectors.live(ShardTree.root(8), 4));
    assertEquals(1, TreeVectors.live(ShardTree.root(8), 8));
    assertEquals(3, TreeVectors.live(ShardTree.root(13), 3));
  }

  /** Bytes of all arrays of numbers that are alive; what the heap's regions round up is no part. */
  private static long heap() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    long bytes = 0;
    for (String line : histogram.lines().toList()) {
      String[] columns = line.strip().split("\\s+");
      if (columns.length >= 4 && ARRAYS.contains(columns[3])) {
        bytes += Long.parseLong(columns[2]);
      }
    }
    return bytes;
  }

  private static void assertNear(long actual, long planned, double share) {
    assertTrue(
        Math.abs(actual - planned) <= share * planned,
        () -> "planned %s bytes, taken %s".formatted(planned, actual));
  }

  /** All layers, wide enough that objects do not count beside arrays. */
  private static Network wide() {
    return Network.input(9, 7, 3)
        .then("stem", Conv2d.of(70, 3).withPadding(Padding.SAME))
        .then("norm1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("branch", Conv2d.of(70, 3).withPadding(Padding.SAME).withGroups(2))
        .then("norm2", BatchNorm2d.standard())
        .join("sum", new Add(), "relu1", "norm2")
        .then("relu2", new Relu())
        .then("pool", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)))
        .then("down", Conv2d.of(130, 3).withStride(2).withPadding(Padding.of(1)))
        .then("flatten", new Flatten())
        .then("dropout", new Dropout(0.25f))
        .then("hidden", Linear.of(600))
        .then("relu3", new Relu())
        .then("logits", Linear.of(5))
        .build();
  }

  private static Recipe recipe() {
    Recipe some = Trainings.recipe(wide(), new Adam(0.9f, 0.999f, 1e-8f, 0f, false), 5, 1);
    return some.toBuilder()
        .augmentation(Augmentation.NONE)
        .batchSize(601)
        .shards(5)
        .epochs(1)
        .maxSteps(1)
        .build();
  }
}
