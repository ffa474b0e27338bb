package io.convoy.memory;

import io.convoy.data.augment.ImageStatistics;
import io.convoy.ensemble.MemberOutputs;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleInput;
import io.convoy.inference.Classifier;
import io.convoy.kernel.Kernels;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.shard.ShardTree;
import io.convoy.train.StatisticsRefresh;
import io.convoy.train.TrainingMemory;

/**
 * What a driver's heap holds of a training at its peak, in bytes. P is the state vector, A the
 * number of arrays of a state (weights, optimizer's slots, averages), N the number of executors.
 *
 * @param states the mean image and the matrix of the recipe's standardization, and 2 A P: the state
 *     that a segment starts from, kept in case the segment is lost, and the one that it ends with;
 *     with {@code sync: driver} also the sums of the step's sub-trees, a P each
 * @param blocks what Spark's block manager holds for the executors to fetch: A P in slices; with
 *     {@code sync: driver} the broadcast weights, as slices and as serialised pieces. Beyond its
 *     share of the heap Spark moves them to disk. The mean image and the matrix, likewise
 * @param saving A P: a checkpoint that is still being written when the next state is there
 * @param replicas what executors hold, where they are threads of this process
 * @param images decoded images, of which the driver has all, too; 0 where they are not known
 * @param measuring what the recipe's standardization takes while it is measured, before there is a
 *     state
 */
public record DriverMemory(
    long states, long blocks, long saving, long replicas, long images, long measuring) {
  /** Names of a million images that are listed, and their parts. */
  private static final long LISTING = 512 << 20;

  private static final long MIB = 1L << 20;

  /** What Spark sets aside before it divides a heap; its classes and its own data take less. */
  private static final long SPARK = 300 * MIB;

  private static final long LEAST_HEAP = 1024 * MIB;

  /** The share of the heap, without what is set aside, that Spark may fill with blocks. */
  private static final double FRACTION = 0.6;

  /**
   * The memory of a recipe's training on executors of their own.
   *
   * @param executors N, at least 1
   */
  public static DriverMemory of(Recipe recipe, int executors) {
    long vector = (long) recipe.network().layout().length() * Float.BYTES;
    long state = recipe.stateArrays() * vector;
    DriverMemory memory =
        switch (recipe.sync()) {
          case PEERS -> new DriverMemory(2 * state, state, state, 0, 0);
          case DRIVER -> {
            long sums = nodes(BatchPlan.of(recipe, recipe.batchSize()).usedShards(0), executors);
            yield new DriverMemory(2 * state + sums * vector, 2 * vector, state, 0, 0);
          }
        };
    return memory.withStandardization(recipe);
  }

  /**
   * The same where driver and tasks share one process, as with the master {@code local[*]}.
   *
   * @param kernels those that will compute
   * @param threads kernel threads of each task, at least 1
   * @param tasks N, at least 1
   */
  public static DriverMemory shared(Recipe recipe, Kernels kernels, int threads, int tasks) {
    DriverMemory driver = of(recipe, tasks);
    TrainingMemory rank = TrainingMemory.of(recipe, kernels, threads, tasks);
    long input =
        SampleInput.bytes(
            recipe.standardization(),
            recipe.network().inputShape(),
            rank.pass().samples(),
            kernels,
            threads);
    long refresh =
        StatisticsRefresh.isWanted(recipe)
            ? tasks * TrainingMemory.refresh(recipe, kernels, threads, tasks)
            : 0;
    if (recipe.sync() == Sync.DRIVER) {
      long task = rank.weights() + rank.gradients() + rank.buffers();
      long left = nodes(BatchPlan.of(recipe, recipe.batchSize()).usedShards(0), tasks);
      return new DriverMemory(
          driver.states,
          driver.blocks + left * rank.weights(),
          driver.saving,
          tasks * (task + input) + refresh,
          0,
          driver.measuring);
    }
    // each task leaves its share of the next state as blocks while its replica waits
    long state = recipe.stateArrays() * rank.weights();
    long replica = rank.weights() + rank.gradients() + rank.buffers();
    long slots = (recipe.stateArrays() - 1) * rank.weights();
    return new DriverMemory(
        driver.states,
        driver.blocks + state,
        driver.saving,
        tasks * (replica + input) + slots + refresh,
        0,
        driver.measuring);
  }

  /** The memory of an evaluation: a checkpoint's weights, read, and broadcast twice over. */
  public static DriverMemory evaluation(Recipe recipe) {
    long vector = (long) recipe.network().layout().length() * Float.BYTES;
    long statistics = statistics(recipe);
    return new DriverMemory(vector + statistics, 2 * vector + 2 * statistics, vector, 0, 0, 0);
  }

  /** The memory of an evaluation of an ensemble, or of a model at test time, likewise. */
  public static DriverMemory evaluation(Classifier classifier) {
    long vector = ClassifierBytes.weights(classifier);
    long statistics = ClassifierBytes.statistics(classifier);
    return new DriverMemory(vector + statistics, 2 * vector + 2 * statistics, vector, 0, 0, 0);
  }

  /**
   * The memory of a prediction: the weights of a model, or of all of an ensemble, read, and
   * broadcast twice over, and the names of some million images.
   */
  public static DriverMemory prediction(Classifier classifier) {
    long vector = ClassifierBytes.weights(classifier);
    long statistics = ClassifierBytes.statistics(classifier);
    return new DriverMemory(
        vector + statistics + LISTING, 2 * vector + 2 * statistics, vector, 0, 0, 0);
  }

  /**
   * The memory of a driver that makes an ensemble: what members and averages say of images, the
   * logarithms of one average and the members' likelihoods in fp64; an average of weights in fp64,
   * what is added to it and what becomes of it; and all members, when they are written. Weights are
   * broadcast twice over.
   *
   * @param recipe of a run
   * @param members to choose among, at least 1
   * @param images that they are chosen on
   */
  public static DriverMemory ensemble(Recipe recipe, int members, long images) {
    long vector = (long) recipe.network().layout().length() * Float.BYTES;
    int classes = recipe.network().outputShape().elements();
    long outputs =
        (members + 2L) * MemberOutputs.bytes(images, classes)
            + 2 * MemberOutputs.bytes(images, classes)
            + (members + 2L) * images * (2 * Double.BYTES + Integer.BYTES)
            + members * images * Double.BYTES;
    long statistics = statistics(recipe);
    return new DriverMemory(
        (members + 5L) * vector + statistics + outputs,
        2 * vector + 2 * statistics,
        vector,
        0,
        0,
        0);
  }

  /** The memory of a driver that packs images: it knows row groups, not images. */
  public static DriverMemory packing() {
    return new DriverMemory(0, 0, 0, 0, 0);
  }

  /** Of a recipe whose standardization keeps nothing. */
  DriverMemory(long states, long blocks, long saving, long replicas, long images) {
    this(states, blocks, saving, replicas, images, 0);
  }

  private static long statistics(Recipe recipe) {
    return ImageStatistics.bytes(recipe.standardization().parts(), recipe.network().inputShape());
  }

  private DriverMemory withStandardization(Recipe recipe) {
    long statistics = statistics(recipe);
    return new DriverMemory(
        states + statistics,
        blocks + 2 * statistics,
        saving,
        replicas,
        images,
        recipe.standardization().measuringBytes(recipe.network().inputShape()));
  }

  /** The same with so many bytes of images. */
  public DriverMemory withImages(long bytes) {
    return new DriverMemory(states, blocks, saving, replicas, bytes, measuring);
  }

  private static long nodes(int shards, int tasks) {
    long nodes = 0;
    for (int task = 0; task < tasks; task++) {
      int from = (int) ((long) task * shards / tasks);
      int to = (int) ((task + 1L) * shards / tasks);
      nodes += ShardTree.cover(shards, from, to).size();
    }
    return nodes;
  }

  /**
   * Whether a heap is certainly too small: what must be alive at the same time does not fit, even
   * if all else took no room.
   *
   * @param heap the most bytes that it can have
   */
  public boolean exceeds(long heap) {
    long inMemory = Math.min(blocks, (long) (FRACTION * Math.max(0, heap - SPARK)));
    return Math.max(states + replicas + inMemory, measuring) + images > heap;
  }

  /**
   * The heap to give: what can be alive and a third more, for G1 takes whole regions for arrays of
   * this size and does not move them; and what Spark sets aside.
   */
  public long heap() {
    long live = Math.max(states + blocks + saving + replicas, measuring) + images;
    return Math.max(LEAST_HEAP, live + live / 3 + SPARK);
  }

  /** What the heap is for, in a line. */
  public String explanation() {
    if (states == 0) {
      return "counts of images and row groups; 300m for Spark";
    }
    return "states %s, blocks for executors %s, a checkpoint being saved %s, images %s; a third more for G1's whole regions, 300m for Spark"
        .formatted(
            MemorySize.ofAtLeast(states),
            MemorySize.ofAtLeast(blocks),
            MemorySize.ofAtLeast(saving),
            images == 0 ? "unknown" : MemorySize.ofAtLeast(images));
  }

  /**
   * Stops a training that this process has no room for.
   *
   * @param option how its heap is set, with {@code %s} for the size, such as {@code --driver-memory
   *     %s}
   * @throws ConvoyException of kind RESOURCE
   */
  public void requireFits(long heap, String option) {
    if (exceeds(heap)) {
      throw tooSmall(MemorySize.ofAtLeast(heap), option);
    }
  }

  /**
   * The error of a driver whose heap is too small.
   *
   * @param heap as it was given
   * @param option how it is set, with {@code %s} for the size
   */
  public ConvoyException tooSmall(String heap, String option) {
    return ConvoyException.resource(
        "the driver's heap of %s is too small for this training, whose %s: give it %s",
        heap, need(), option.formatted(MemorySize.rounded(heap())));
  }

  private String need() {
    if (measuring > states + replicas) {
      return "standardization takes %s there while it is measured"
          .formatted(MemorySize.ofAtLeast(measuring));
    }
    return "states alone take %s there (weights, optimizer's state and averages, of a segment's start and of its end%s)"
        .formatted(
            MemorySize.ofAtLeast(states + replicas),
            replicas == 0 ? "" : "; and the replicas of its tasks");
  }
}
