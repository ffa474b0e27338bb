package io.convoy.memory;

import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.Resizing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.exchange.ExchangeMemory;
import io.convoy.feed.BatchPlan;
import io.convoy.feed.SampleInput;
import io.convoy.inference.Classifier;
import io.convoy.inference.ClassifierBlocks;
import io.convoy.inference.InferenceBlocks;
import io.convoy.inference.Predictor;
import io.convoy.inference.TestTime;
import io.convoy.kernel.Kernels;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.shard.Share;
import io.convoy.train.StatisticsRefresh;
import io.convoy.train.TrainingMemory;

/**
 * What an executor that runs one task of a training holds at its peak, in bytes, and the heap that
 * has room for it. P is the state vector, A the number of arrays of a state (weights, optimizer's
 * slots, averages), N the number of executors.
 *
 * @param state weights (P) and what the executor owns of the other arrays, some (A - 1) P / N; with
 *     {@code sync: driver} three copies of the weights: Spark's pieces of the broadcast, its
 *     slices, and the whole. Twice the mean image and the matrix of the recipe's standardization,
 *     which are broadcast, too
 * @param gradients vectors of P each: one for each of the rank's sub-trees of shards, and for each
 *     level of one that needs several passes
 * @param buffers activations and their gradients of a pass, weights packed forward and transposed,
 *     packed gradients of weights, scratch of threads, samples read ahead: as {@link
 *     TrainingMemory} plans them
 * @param exchange gradients of peers that wait in slots
 * @param handedOver what Spark's block manager holds for the driver at the end of a segment: A P /
 *     N; with {@code sync: driver} a P for each sub-tree
 * @param evaluation an evaluation's weights (broadcast twice over, joined: 3 P) and its buffers, as
 *     {@link InferenceBlocks} plans them; or those of a refresh of statistics, as {@link
 *     TrainingMemory} plans them, where that is more
 * @param validated whether evaluations come while the replica waits for its next segment
 * @param images pixels and labels, of which each executor has all; of a streamed set, the windows
 *     that are open at a time
 * @param direct buffers outside the heap
 */
public record ExecutorMemory(
    long state,
    long gradients,
    long buffers,
    long exchange,
    long handedOver,
    long evaluation,
    boolean validated,
    long images,
    long direct) {
  /** A row group of Parquet while it is written. */
  private static final long ROWS = 192 << 20;

  private static final long MIB = 1L << 20;

  /** What Spark sets aside before it divides a heap; more than its classes take. */
  private static final long SPARK = 300 * MIB;

  private static final long LEAST_HEAP = 1024 * MIB;

  /** Spark's own least for what is outside the heap: metaspace, compiled code, stacks, Netty. */
  private static final long LEAST_OVERHEAD = 384 * MIB;

  /**
   * The memory of a recipe's training.
   *
   * @param kernels those that will compute
   * @param threads kernel threads of each executor, at least 1
   * @param executors N, at least 1
   * @param images bytes of the decoded images; 0 where they are not known
   */
  public static ExecutorMemory training(
      Recipe recipe, Kernels kernels, int threads, int executors, long images) {
    TrainingMemory rank = TrainingMemory.of(recipe, kernels, threads, executors);
    int shards = BatchPlan.of(recipe, recipe.batchSize()).usedShards(0);
    long vector = rank.weights();
    boolean peers = recipe.sync() == Sync.PEERS;
    ExchangeMemory exchange = ExchangeMemory.of(shards, peers ? executors : 1);
    return new ExecutorMemory(
        (peers ? rank.state() : 3 * vector) + 2 * statistics(recipe),
        rank.gradients(),
        rank.buffers() + rank.update() + rank.samples(),
        exchange.heap(),
        peers ? owned(rank, executors) : mostNodes(shards, executors) * vector,
        StatisticsRefresh.isWanted(recipe)
            ? Math.max(
                evaluationBytes(recipe, kernels, threads),
                refreshBytes(recipe, kernels, threads, executors))
            : evaluationBytes(recipe, kernels, threads),
        recipe.validation() != null,
        images,
        exchange.direct());
  }

  /** The memory of an evaluation by itself. */
  public static ExecutorMemory evaluation(
      Recipe recipe, Kernels kernels, int threads, long images) {
    long evaluation = evaluationBytes(recipe, kernels, threads) + 2 * statistics(recipe);
    return new ExecutorMemory(0, 0, 0, 0, 0, evaluation, true, images, 0);
  }

  /** The memory of an evaluation of an ensemble, or of a model at test time. */
  public static ExecutorMemory evaluation(
      Classifier classifier, TestTime testTime, Kernels kernels, int threads, long images) {
    int channels = classifier.models().get(0).network().inputShape().channels();
    long evaluation =
        3 * ClassifierBytes.weights(classifier)
            + 2 * ClassifierBytes.statistics(classifier)
            + Resizing.decodingBytes(channels, threads)
            + ClassifierBlocks.bufferBytes(classifier, testTime, kernels, threads);
    return new ExecutorMemory(0, 0, 0, 0, 0, evaluation, true, images, 0);
  }

  /**
   * The memory of a task that computes what networks say of images, and measures batch norms'
   * statistics anew.
   */
  public static ExecutorMemory ensemble(
      Recipe recipe, Kernels kernels, int threads, int executors, long images) {
    long work =
        Math.max(
            evaluationBytes(recipe, kernels, threads),
            refreshBytes(recipe, kernels, threads, executors));
    return new ExecutorMemory(0, 0, 0, 0, 0, work + 2 * statistics(recipe), true, images, 0);
  }

  /**
   * The memory of a task that predicts images. The model, or each of an ensemble's, is counted for
   * each of an executor's tasks, though they share it.
   */
  public static ExecutorMemory prediction(
      Classifier classifier, TestTime testTime, Kernels kernels) {
    int channels = classifier.models().get(0).network().inputShape().channels();
    long prediction =
        3 * ClassifierBytes.weights(classifier)
            + 2 * ClassifierBytes.statistics(classifier)
            + Resizing.decodingBytes(channels, 1)
            + Predictor.bufferBytes(classifier, testTime, kernels, 1)
            + ROWS;
    return new ExecutorMemory(0, 0, 0, 0, 0, prediction, true, 0, 0);
  }

  /**
   * The memory of a task that packs images: a row group three times over, as rows, pages and bytes
   * of a file, and the largest image that is decoded, twice over.
   *
   * @param groupBytes the most bytes of a row group
   */
  public static ExecutorMemory packing(long groupBytes) {
    long image = 2 * 3 * ImageDecoder.DEFAULT_PIXEL_LIMIT;
    return new ExecutorMemory(0, 0, 3 * groupBytes + image, 0, 0, 0, false, 0, 0);
  }

  /** Bytes of a mean image and a matrix, which Spark has as pieces and as slices. */
  private static long statistics(Recipe recipe) {
    return ImageStatistics.bytes(recipe.standardization().parts(), recipe.network().inputShape());
  }

  /** Own chunks of all arrays: what the slots have, and as much of the weights as of one slot. */
  private static long owned(TrainingMemory rank, int executors) {
    return rank.slots() + rank.weights() / executors + MIB;
  }

  private static long evaluationBytes(Recipe recipe, Kernels kernels, int threads) {
    long vector = (long) recipe.network().layout().length() * Float.BYTES;
    return 3 * vector
        + recipe.data().decodingBytes(recipe.network().inputShape().channels(), threads)
        + SampleInput.bytes(
            recipe.standardization(),
            recipe.network().inputShape(),
            InferenceBlocks.SAMPLES,
            kernels,
            threads)
        + InferenceBlocks.bufferBytes(recipe.network(), recipe.conv(), kernels, threads);
  }

  /** The weights, broadcast twice over and joined, and what a refresh takes beside them. */
  private static long refreshBytes(Recipe recipe, Kernels kernels, int threads, int executors) {
    long vector = (long) recipe.network().layout().length() * Float.BYTES;
    return 3 * vector + TrainingMemory.refresh(recipe, kernels, threads, executors);
  }

  private static long mostNodes(int shards, int executors) {
    long most = 0;
    for (int rank = 0; rank < executors; rank++) {
      most = Math.max(most, Share.of(rank, shards, executors).nodes(shards).size());
    }
    return most;
  }

  /** The memory of an executor that runs so many tasks at once; they share the images. */
  public ExecutorMemory times(int tasks) {
    return new ExecutorMemory(
        tasks * state,
        tasks * gradients,
        tasks * buffers,
        tasks * exchange,
        tasks * handedOver,
        tasks * evaluation,
        validated,
        images,
        tasks * direct);
  }

  /** What is alive at the peak. */
  public long live() {
    long training = state + gradients + buffers + exchange + handedOver;
    return images + (validated ? training + evaluation : Math.max(training, evaluation));
  }

  /**
   * The heap to give: what is alive and a third more, and what Spark sets aside. The third is for
   * G1, to which arrays of this size are humongous: each takes whole regions side by side, which
   * are not moved to make room.
   */
  public long heap() {
    return Math.max(LEAST_HEAP, live() + live() / 3 + SPARK);
  }

  /**
   * What may be alive in a heap beside images: so much that {@link #heap} is that heap.
   *
   * @param heap bytes
   * @param images bytes of the decoded images
   */
  public static long room(long heap, long images) {
    return (heap - SPARK) / 4 * 3 - images;
  }

  /** What the heap is for, in a line. */
  public String explanation() {
    if (state == 0 && evaluation == 0) {
      return "a row group and an image of the largest size %s; a third more for G1's whole regions, 300m for Spark"
          .formatted(MemorySize.ofAtLeast(buffers));
    }
    String training =
        state == 0
            ? ""
            : "state %s, gradients %s, activations and packed weights %s, exchange %s, blocks handed over %s, "
                .formatted(
                    MemorySize.ofAtLeast(state),
                    MemorySize.ofAtLeast(gradients),
                    MemorySize.ofAtLeast(buffers),
                    MemorySize.ofAtLeast(exchange),
                    MemorySize.ofAtLeast(handedOver));
    return training
        + "evaluation %s%s, images %s; a third more for G1's whole regions, 300m for Spark"
            .formatted(
                MemorySize.ofAtLeast(evaluation),
                validated ? "" : " (afterwards)",
                images == 0 ? "unknown" : MemorySize.ofAtLeast(images));
  }

  /** What a container has to have beside the heap: direct buffers and the virtual machine's own. */
  public long overhead() {
    return direct + Math.max(LEAST_OVERHEAD, heap() / 10);
  }
}
