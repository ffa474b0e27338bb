package io.convoy.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.shard.Share;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which ranks are slower than the others, step by step: ranks that took long over a shard, be it to
 * read its images or to compute. A single long step, such as one that collects garbage, counts
 * once.
 */
final class RankSpeeds {
  /** How many times the others' median is slow. */
  static final double SLOW = 1.5;

  /** Of what was before, what stays at each step. */
  private static final double KEPT = 0.96;

  private final int shards;
  private final Map<Integer, String> names = new HashMap<>();
  private double[] slowSteps = {};

  /** Seconds that a rank takes over a shard, of late; and what it waits for images of these. */
  private double[] whole = {};

  private double[] waited = {};

  /**
   * @param shards of a step
   */
  RankSpeeds(int shards) {
    this.shards = shards;
  }

  /** Who is which rank from now on. */
  void executors(JsonNode executors) {
    names.clear();
    for (JsonNode executor : executors) {
      names.put(
          executor.path("rank").asInt(-1),
          "executor %s on %s"
              .formatted(executor.path("executor").asText("?"), executor.path("host").asText("?")));
    }
    slowSteps = new double[] {};
  }

  /** Adds a step: {@code [{"compute": seconds, "dataWait": seconds}, …]}, one of each rank. */
  void add(JsonNode ranks) {
    int count = ranks.size();
    if (count != slowSteps.length) {
      slowSteps = new double[count];
      whole = new double[count];
      waited = new double[count];
    }
    double[] own = new double[count];
    for (int rank = 0; rank < count; rank++) {
      JsonNode times = ranks.get(rank);
      int of = Math.max(1, Share.of(rank, shards, count).count());
      double wait = times.path("dataWait").asDouble(0) / of;
      own[rank] = times.path("compute").asDouble(0) / of + wait;
      whole[rank] = faded(whole[rank], own[rank]);
      waited[rank] = faded(waited[rank], wait);
    }
    for (int rank = 0; rank < count; rank++) {
      double others = othersMedian(own, rank);
      boolean slow = others > 0 && own[rank] >= SLOW * others;
      slowSteps[rank] = faded(slowSteps[rank], slow ? 1 : 0);
    }
  }

  private static double faded(double before, double now) {
    return KEPT * before + (1 - KEPT) * now;
  }

  private static double othersMedian(double[] all, int rank) {
    double[] others = new double[all.length - 1];
    for (int i = 0, next = 0; i < all.length; i++) {
      if (i != rank) {
        others[next++] = all[i];
      }
    }
    Arrays.sort(others);
    return others.length == 0 ? 0 : others[others.length / 2];
  }

  /** How many ranks the last step had; 0 where steps do not tell. */
  int ranks() {
    return slowSteps.length;
  }

  /** In what share of the recent steps a rank was slow. */
  double slowShare(int rank) {
    return slowSteps[rank];
  }

  /** How many times as long as the others a rank takes over a shard, of late. */
  double times(int rank) {
    return whole[rank] / othersMedian(whole, rank);
  }

  /** What share of its own time a rank waits for images, of late. */
  double waitShare(int rank) {
    return waited[rank] / whole[rank];
  }

  String name(int rank) {
    return "rank " + rank + (names.containsKey(rank) ? ", " + names.get(rank) : "");
  }
}
