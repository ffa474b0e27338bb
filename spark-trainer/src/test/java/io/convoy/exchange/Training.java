package io.convoy.exchange;

import io.convoy.network.StateLayout.Chunk;
import io.convoy.shard.ShardTree;
import io.convoy.shard.ShardTree.Node;
import io.convoy.train.ChunkSums;
import java.util.List;
import java.util.Random;

/**
 * A training whose result depends on the order of every addition: gradients are arbitrary floats of
 * very different sizes. Each rank's part of it, and the same computed by one loop over whole
 * vectors, without any of the exchange's code.
 */
final class Training {
  static final int FIGURES = 2;

  private final List<Chunk> chunks;
  private final int length;

  Training(List<Chunk> chunks) {
    this.chunks = chunks;
    this.length = chunks.get(chunks.size() - 1).to();
  }

  /** The state at the start. */
  float[] state() {
    float[] state = new float[length];
    for (int i = 0; i < length; i++) {
      state[i] = i % 17 - 8;
    }
    return state;
  }

  /** The gradient of a shard. */
  float[] gradient(long step, int shard) {
    Random random = new Random(step * 1000 + shard);
    float[] gradient = new float[length];
    for (int i = 0; i < length; i++) {
      gradient[i] = (random.nextFloat() - 0.5f) * (1 << random.nextInt(20));
    }
    return gradient;
  }

  static double figure(long step, int shard, int which) {
    return step * 100.25 + shard * 10 + which;
  }

  /** The new state by definition: the whole tree over whole vectors. */
  void reference(long step, int shards, float[] state) {
    float[] sum = sum(step, ShardTree.root(shards));
    for (int i = 0; i < length; i++) {
      state[i] = updated(state[i], sum[i], shards);
    }
  }

  /** The sum over a node, by the definition of the tree. */
  float[] sum(long step, Node node) {
    if (node.leaf()) {
      return gradient(step, node.from());
    }
    float[] left = sum(step, node.left());
    float[] right = sum(step, node.right());
    for (int i = 0; i < length; i++) {
      left[i] = left[i] + right[i];
    }
    return left;
  }

  private static float updated(float value, float sum, int shards) {
    return value * 0.9f - sum / shards;
  }

  /** One step of one rank, on its exchange; returns the figures of all shards. */
  double[] step(PeerExchange exchange, long step, int shards, float[] state)
      throws InterruptedException {
    float[][] vectors = sums(exchange, step, shards);
    double[] figures = figures(exchange, step, shards);
    exchange.step(step, shards, vectors, figures, state, owner(shards));
    return figures;
  }

  /** The sums over a rank's sub-trees. */
  float[][] sums(PeerExchange exchange, long step, int shards) {
    int from = exchange.rank() * shards / exchange.ranks();
    int to = (exchange.rank() + 1) * shards / exchange.ranks();
    return ShardTree.cover(shards, from, to).stream()
        .map(node -> sum(step, node))
        .toArray(float[][]::new);
  }

  /** The figures of all shards, those of a rank filled. */
  double[] figures(PeerExchange exchange, long step, int shards) {
    int from = exchange.rank() * shards / exchange.ranks();
    int to = (exchange.rank() + 1) * shards / exchange.ranks();
    double[] figures = new double[shards * FIGURES];
    for (int i = from * FIGURES; i < to * FIGURES; i++) {
      figures[i] = figure(step, i / FIGURES, i % FIGURES);
    }
    return figures;
  }

  private ChunkOwner owner(int shards) {
    return (own, state) -> {
      for (ChunkSums sums : own) {
        Chunk chunk = chunks.get(sums.chunk());
        for (int i = 0; i < chunk.length(); i++) {
          float sum = finish(ShardTree.root(shards), sums, i);
          state[chunk.from() + i] = updated(state[chunk.from() + i], sum, shards);
        }
      }
    };
  }

  static float finish(Node node, ChunkSums sums, int element) {
    for (int i = 0; i < sums.nodes().length; i++) {
      if (sums.nodes()[i].equals(node)) {
        return sums.vectors()[i][sums.offsets()[i] + element];
      }
    }
    return finish(node.left(), sums, element) + finish(node.right(), sums, element);
  }
}
