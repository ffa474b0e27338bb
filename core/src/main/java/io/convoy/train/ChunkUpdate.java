package io.convoy.train;

import io.convoy.feed.BatchPlan;
import io.convoy.health.ChunkHealth;
import io.convoy.health.StepHealth;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.StateLayout;
import io.convoy.optimizer.Muon;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.WeightAverage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the owner of chunks does once the sums of all sub-trees are there: it finishes the tree,
 * divides by the weight of the batch, and applies the optimizer (or moves the averages of a batch
 * norm); then it moves the averaged weights where the recipe wants some. Chunks are independent, so
 * the threads of a pool share out those that are there. One call at a time.
 *
 * <p>Most rules need to know one chunk at a time, and {@link #finish} does it all. Those that need
 * to know all chunks first, such as the limit to the gradient's norm, go in {@link #rounds}, and
 * the new values come after the last:
 *
 * <pre>
 *   measure        each own chunk: its mean gradient, which is kept, or what the optimizer makes of
 *                  it, and {@link #figuresPerChunk} figures
 *   combine        the figures of all chunks, in the order of chunks, whoever measured them; then
 *                  own matrices become orthogonal, where the optimizer wants that
 *   measureAgain   each own chunk, in each further round, and combine again
 *   apply          each own chunk: what is left to do
 * </pre>
 */
public final class ChunkUpdate {
  /** Multiply-adds of kernels that take as long as a float's update, which waits for memory. */
  private static final int MULTIPLY_ADDS_A_FLOAT = 64;

  private final Recipe recipe;
  private final BatchPlan plan;
  private final ChunkTuning tuning;
  private final OwnedChunks owned;
  private final StateLayout layout;
  private final float[][] slots;
  private final float[] average;
  private final UpdateNorms norms;
  private final ChunkHealth health;
  private final Kernels kernels;
  private final List<WeightMatrix> matrices;
  private final float[] measured;
  private final List<ChunkArithmetic> ofThreads = new ArrayList<>();
  private Orthogonalization orthogonalization;
  private ChunkArithmetic.Step step;
  private double[] figures;
  private int round;

  /**
   * @param owned the chunks that are going to be finished here
   * @param kept what a {@link TrainingState} has beside the weights, in the order of {@link
   *     TrainingState#arrays}, of these chunks; updated in place
   * @param kernels those that multiply matrices, where the optimizer does
   */
  public ChunkUpdate(
      Recipe recipe, BatchPlan plan, OwnedChunks owned, List<float[]> kept, Kernels kernels) {
    this.recipe = recipe;
    this.plan = plan;
    this.tuning = new ChunkTuning(recipe, plan.stepsPerEpoch());
    this.owned = owned;
    this.layout = recipe.network().layout();
    int slotCount = recipe.optimizer().slots().size();
    this.slots = kept.subList(0, slotCount).toArray(float[][]::new);
    this.average = recipe.average() == null ? null : kept.get(slotCount);
    this.norms = new UpdateNorms(recipe);
    this.health = new ChunkHealth(recipe);
    this.kernels = kernels;
    this.matrices =
        WeightMatrix.of(recipe).stream().filter(m -> owned.owns(m.firstChunk())).toList();
    measured = new float[norms.rounds().isEmpty() ? 0 : owned.length()];
    ofThreads(1).get(0).warmUp();
  }

  private List<ChunkArithmetic> ofThreads(int threads) {
    while (ofThreads.size() < threads) {
      ofThreads.add(
          new ChunkArithmetic(recipe, plan, tuning, owned, slots, average, norms, health));
    }
    return ofThreads;
  }

  /**
   * Bytes of an owner's arrays beside what is kept: some chunks for each thread, and the gradients
   * of all own chunks where rounds have to hold them.
   *
   * @param owned floats of the owner's chunks
   */
  static long scratchBytes(Recipe recipe, int owned, Kernels kernels, int threads) {
    long measured = new UpdateNorms(recipe).rounds().isEmpty() ? 0 : owned;
    List<WeightMatrix> matrices = WeightMatrix.of(recipe);
    return threads * ChunkArithmetic.scratchBytes(recipe)
        + measured * Float.BYTES
        + (matrices.isEmpty() ? 0 : Orthogonalization.bytes(matrices, kernels, threads));
  }

  /**
   * Turns to a step, from 0.
   *
   * @param validated what validation has left of the learning rate, as the schedule says
   * @param figures {@link ShardFigures} of the step: those of all shards by the time that a first
   *     chunk's sums are there
   */
  public void begin(long step, double validated, double[] figures) {
    float rate = recipe.rate(step, plan.stepsPerEpoch(), validated);
    this.step = new ChunkArithmetic.Step(step, rate, move(step + 1));
    this.figures = figures;
    this.round = 0;
    health.begin(step);
  }

  /** What becomes of the averaged weights after an update; null where there are none. */
  private WeightAverage.Move move(long update) {
    return recipe.average() == null
        ? null
        : recipe.average().move(update, plan.stepsPerEpoch(), plan.allSteps(recipe));
  }

  /**
   * What the step has shown, once all is finished.
   *
   * @param ranks among how many its shards were shared out
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when a loss is no finite number
   */
  public StepReport report(int ranks) {
    return losses(ranks).withGradientNorm(norms.clip().byNorm() ? norms.clip().norm() : null);
  }

  /**
   * What own chunks have shown of a step that {@link StepHealth#isDue}, once all is finished.
   *
   * @param deadShares of rectifiers, where they were looked at here
   */
  StepHealth health(Map<String, Double> deadShares) {
    return health.health(deadShares);
  }

  private StepReport losses(int ranks) {
    return StepReport.of(step.step(), plan, step.rate(), figures, recipe, ranks);
  }

  /** What sums of gradients are divided by: exactly the number of samples where these count 1. */
  private float divisor() {
    return (float) ShardFigures.of(recipe).divisor(plan.usedShards(step.step()), figures);
  }

  /** How many times all figures must be known before there are new values; 0 for never. */
  public int rounds() {
    return norms.rounds().size();
  }

  /** Figures that each chunk gives in a round; 0 where there is none. */
  public int figuresPerChunk() {
    return norms.figuresPerChunk();
  }

  /**
   * Finishes all chunks in the rounds that it takes, for whoever owns them all.
   *
   * @param sums over sub-trees that together cover all shards of the step
   * @param state updated
   * @param pool whose threads share out the chunks
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when a loss or a norm is no finite
   *     number; no weights are updated then
   */
  public void finishAll(ShardSums sums, float[] state, WorkPool pool) {
    var unused = losses(1); // all are finite
    int count = layout.chunks().size();
    List<ChunkSums> all = IntStream.range(0, count).mapToObj(c -> chunkSums(c, sums)).toList();
    if (rounds() == 0) {
      finish(all, state, pool);
      return;
    }
    int[] chunks = IntStream.range(0, count).toArray();
    for (int r = 0; r < rounds(); r++) {
      double[] ofChunks = new double[count * figuresPerChunk()];
      if (r == 0) {
        measure(all, state, ofChunks, pool);
      } else {
        measureAgain(chunks, state, ofChunks, pool);
      }
      combine(ofChunks, pool);
    }
    apply(chunks, state, pool);
  }

  private ChunkSums chunkSums(int chunk, ShardSums sums) {
    int[] offsets = new int[sums.nodes().length];
    Arrays.fill(offsets, layout.chunks().get(chunk).from());
    return new ChunkSums(chunk, sums.nodes(), sums.vectors(), offsets);
  }

  /**
   * Finishes some own chunks, where there are no rounds.
   *
   * @param sums of these chunks
   * @param state updated in the chunks' ranges
   * @param pool whose threads share them out
   */
  public void finish(List<ChunkSums> sums, float[] state, WorkPool pool) {
    int[] chunks = sums.stream().mapToInt(ChunkSums::chunk).toArray();
    float divisor = divisor();
    share(chunks, pool, (arithmetic, i) -> arithmetic.finish(step, divisor, sums.get(i), state));
  }

  /**
   * The first round, for some own chunks.
   *
   * @param sums of these chunks
   * @param state as it was before the step
   * @param ofChunks {@link #figuresPerChunk} for each chunk of the state, 0 at first; those of
   *     these are set
   * @param pool whose threads share them out
   */
  public void measure(List<ChunkSums> sums, float[] state, double[] ofChunks, WorkPool pool) {
    int[] chunks = sums.stream().mapToInt(ChunkSums::chunk).toArray();
    float divisor = divisor();
    share(
        chunks,
        pool,
        (arithmetic, i) ->
            arithmetic.measure(step, divisor, sums.get(i), state, measured, ofChunks));
  }

  /**
   * A further round, for some own chunks that were measured in the one before.
   *
   * @param chunks their indices
   */
  public void measureAgain(int[] chunks, float[] state, double[] ofChunks, WorkPool pool) {
    share(
        chunks,
        pool,
        (arithmetic, i) ->
            arithmetic.measureAgain(step, round, chunks[i], state, measured, ofChunks));
  }

  /**
   * The end of a round: all figures of all chunks are there.
   *
   * @param ofChunks {@link #figuresPerChunk} for each chunk of the state, in the order of chunks
   * @param pool whose threads share out products of matrices
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when a loss or a norm is no finite
   *     number
   */
  public void combine(double[] ofChunks, WorkPool pool) {
    var unused = losses(1); // one that is no number says more than a norm that is none
    UpdateRound over = norms.rounds().get(round);
    norms.combine(over, ofChunks, step.step() + 1);
    if (over == UpdateRound.PARAMETER_NORMS) {
      orthogonalize(pool);
    }
    round++;
  }

  /** Own matrices, one after the other: all threads work on each. */
  private void orthogonalize(WorkPool pool) {
    for (WeightMatrix matrix : matrices) {
      int first = matrix.firstChunk();
      if (tuning.isFrozen(first, step.step())) {
        continue;
      }
      Muon muon = (Muon) recipe.optimizer();
      if (orthogonalization == null) {
        orthogonalization = new Orthogonalization(muon, kernels, pool);
      }
      double norm = norms.parameters().direction(first);
      float scale = muon.scale(matrix.rows(), matrix.columns());
      orthogonalization.apply(matrix, measured, owned.start(first), norm, scale);
    }
  }

  /**
   * After the last round, for some own chunks that were measured.
   *
   * @param chunks their indices
   * @param state updated in the chunks' ranges
   * @param pool whose threads share them out
   */
  public void apply(int[] chunks, float[] state, WorkPool pool) {
    share(chunks, pool, (arithmetic, i) -> arithmetic.apply(step, chunks[i], measured, state));
  }

  /** What is done with one of some chunks. */
  @FunctionalInterface
  private interface OnChunk {
    void compute(ChunkArithmetic arithmetic, int i);
  }

  private void share(int[] chunks, WorkPool pool, OnChunk work) {
    long floats = 0;
    for (int chunk : chunks) {
      floats += layout.chunks().get(chunk).length();
    }
    List<ChunkArithmetic> threads = ofThreads(pool.threads());
    pool.run(
        chunks.length,
        floats * MULTIPLY_ADDS_A_FLOAT,
        (i, thread) -> work.compute(threads.get(thread), i));
  }
}
