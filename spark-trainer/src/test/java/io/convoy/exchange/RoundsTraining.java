package io.convoy.exchange;

import io.convoy.network.StateLayout.Chunk;
import io.convoy.shard.ShardTree;
import io.convoy.train.ChunkSums;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link Training} whose updates depend on figures of all chunks, added in the order of chunks,
 * and by that on the weights too; in each further round the figures depend on the one before. As
 * there, each rank's part of it and the same by plain loops.
 */
final class RoundsTraining {
  private final Training training;
  private final List<Chunk> chunks;
  private final int rounds;
  private final int figuresPerChunk;

  RoundsTraining(List<Chunk> chunks, int rounds, int figuresPerChunk) {
    this.rounds = rounds;
    this.training = new Training(chunks);
    this.chunks = chunks;
    this.figuresPerChunk = figuresPerChunk;
  }

  float[] state() {
    return training.state();
  }

  /** The new state by definition. */
  void reference(long step, int shards, float[] state) {
    float[] sum = training.sum(step, ShardTree.root(shards));
    float factor = 0;
    for (int round = 0; round < rounds; round++) {
      double[] figures = new double[chunks.size() * figuresPerChunk];
      for (int c = 0; c < chunks.size(); c++) {
        Chunk chunk = chunks.get(c);
        measure(c, Arrays.copyOfRange(sum, chunk.from(), chunk.to()), state, factor, figures);
      }
      factor = combined(figures);
    }
    for (int i = 0; i < sum.length; i++) {
      state[i] = updated(state[i], sum[i], factor);
    }
  }

  private void measure(int chunk, float[] sum, float[] state, float factor, double[] figures) {
    double total = state[chunks.get(chunk).from()] + factor * 1e6;
    for (float element : sum) {
      total += Math.abs(element);
    }
    for (int k = 0; k < figuresPerChunk; k++) {
      figures[chunk * figuresPerChunk + k] = total / (k + 3);
    }
  }

  private static float combined(double[] figures) {
    double total = 0;
    for (double figure : figures) {
      total += figure;
    }
    return (float) (1 / total);
  }

  private static float updated(float value, float sum, float factor) {
    return value * 0.9f - sum * factor;
  }

  /** One step of one rank, on its exchange. */
  void step(PeerExchange exchange, long step, int shards, float[] state)
      throws InterruptedException {
    step(exchange, step, shards, state, () -> {});
  }

  /**
   * @param between called when all figures are there
   */
  void step(PeerExchange exchange, long step, int shards, float[] state, Runnable between)
      throws InterruptedException {
    float[][] vectors = training.sums(exchange, step, shards);
    double[] figures = training.figures(exchange, step, shards);
    Owner owner = new Owner(shards, figures, step, between);
    exchange.stepInRounds(step, shards, vectors, figures, state, owner);
  }

  private final class Owner implements MeasuringOwner {
    private final int shards;
    private final double[] shardFigures;
    private final long step;
    private final Runnable between;
    private final float[][] ownSums = new float[chunks.size()][];
    private int last = -1;
    private float factor;
    private int combinedRounds;

    Owner(int shards, double[] shardFigures, long step, Runnable between) {
      this.shards = shards;
      this.shardFigures = shardFigures;
      this.step = step;
      this.between = between;
    }

    @Override
    public int rounds() {
      return rounds;
    }

    @Override
    public int figuresPerChunk() {
      return figuresPerChunk;
    }

    @Override
    public void measure(List<ChunkSums> own, float[] state, double[] figures) {
      for (ChunkSums sums : own) {
        int chunk = sums.chunk();
        require(last < chunk, "chunks come in ascending order, all before they are combined");
        last = chunk;
        float[] sum = new float[chunks.get(chunk).length()];
        for (int i = 0; i < sum.length; i++) {
          sum[i] = Training.finish(ShardTree.root(shards), sums, i);
        }
        ownSums[chunk] = sum;
        RoundsTraining.this.measure(chunk, sum, state, 0, figures);
      }
    }

    @Override
    public void measureAgain(int[] own, float[] state, double[] figures) {
      require(last == chunks.size(), "a round follows one that was combined");
      for (int chunk : own) {
        RoundsTraining.this.measure(chunk, ownSums[chunk], state, factor, figures);
      }
    }

    @Override
    public void combine(double[] figures) {
      for (int i = 0; i < shardFigures.length; i++) {
        double expected = Training.figure(step, i / Training.FIGURES, i % Training.FIGURES);
        require(shardFigures[i] == expected, "the shards' figures are there as well");
      }
      between.run();
      factor = combined(figures);
      last = chunks.size();
      combinedRounds++;
    }

    @Override
    public void apply(int[] own, float[] state) {
      require(combinedRounds == rounds, "nothing is applied before all is combined");
      for (int chunk : own) {
        int from = chunks.get(chunk).from();
        for (int i = 0; i < ownSums[chunk].length; i++) {
          state[from + i] = updated(state[from + i], ownSums[chunk][i], factor);
        }
        ownSums[chunk] = null;
      }
    }
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new AssertionError(rule);
    }
  }
}
