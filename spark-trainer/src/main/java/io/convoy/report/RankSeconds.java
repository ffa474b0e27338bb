package io.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.convoy.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Where the time of each rank went, summed over the steps that say so. */
final class RankSeconds {
  /** Ranks that a line may name at the most: it may be broken. */
  private static final int MOST = 1 << 16;

  private static final class Sums {
    private String executor = "";
    private String host = "";
    private double compute;
    private double dataWait;
    private double exchange;
  }

  private final List<Sums> ranks = new ArrayList<>();

  private Sums rank(int rank) {
    while (ranks.size() <= rank) {
      ranks.add(new Sums());
    }
    return ranks.get(rank);
  }

  /** Adds a line of the metrics, of whatever kind. */
  void add(JsonNode line) {
    int rank = 0;
    for (JsonNode seconds : line.path("ranks")) {
      Sums sums = rank(rank++);
      double compute = seconds.path("compute").asDouble(0);
      double dataWait = seconds.path("dataWait").asDouble(0);
      sums.compute += compute;
      sums.dataWait += dataWait;
      sums.exchange += Math.max(0, line.path("seconds").asDouble(0) - compute - dataWait);
    }
    for (JsonNode executor : line.path("executors")) {
      int number = executor.path("rank").asInt(-1);
      if (number >= 0 && number < MOST) {
        Sums sums = rank(number);
        sums.executor = executor.path("executor").asText("");
        sums.host = executor.path("host").asText("");
      }
    }
  }

  /** {@code [{executor, host, compute, dataWait, exchange}, …]}, seconds in all. */
  ArrayNode json() {
    ArrayNode all = Json.object().putArray("ranks");
    for (Sums sums : ranks) {
      all.addObject()
          .put("executor", sums.executor)
          .put("host", sums.host)
          .put("compute", sums.compute)
          .put("dataWait", sums.dataWait)
          .put("exchange", sums.exchange);
    }
    return all;
  }
}
