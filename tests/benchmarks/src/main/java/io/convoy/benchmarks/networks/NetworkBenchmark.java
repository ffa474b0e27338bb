package io.convoy.benchmarks.networks;

import io.convoy.benchmarks.timing.Budget;
import io.convoy.benchmarks.timing.Rounds;
import io.convoy.benchmarks.timing.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Times networks: all contenders in all their ways, in turns. */
final class NetworkBenchmark {
  private final List<NetworkContender> contenders;
  private final int threads;
  private final Budget budget;
  private final boolean measuresMemory;

  /**
   * @param contenders Convoy first
   * @param measuresMemory whether each is run once more, in a process of its own
   */
  NetworkBenchmark(
      List<NetworkContender> contenders, int threads, Budget budget, boolean measuresMemory) {
    this.contenders = List.copyOf(contenders);
    this.threads = threads;
    this.budget = budget;
    this.measuresMemory = measuresMemory;
  }

  private record Entrant(NetworkContender contender, String way, Step step) {}

  /** Measures one network in one mode. */
  NetworkResult run(NetworkProblem problem, Mode mode) {
    List<Entrant> entrants = new ArrayList<>();
    try {
      for (NetworkContender contender : contenders) {
        for (String way : contender.ways(mode)) {
          entrants.add(
              new Entrant(contender, way, contender.prepare(problem, mode, way, threads)));
        }
      }
      Double error = mode == Mode.INFERENCE ? error(entrants) : null;
      List<double[]> seconds =
          new Rounds(entrants.stream().map(NetworkBenchmark::turn).toList(), budget).measure();
      List<NetworkResult.Timing> timings = new ArrayList<>();
      for (int i = 0; i < seconds.size(); i++) {
        Entrant entrant = entrants.get(i);
        entrant.step().close();
        timings.add(timing(entrant, Spread.of(seconds.get(i)), problem, mode));
      }
      return new NetworkResult(problem.name(), mode, problem.batch(), error, timings);
    } finally {
      entrants.forEach(entrant -> entrant.step().close());
    }
  }

  private NetworkResult.Timing timing(
      Entrant entrant, Spread seconds, NetworkProblem problem, Mode mode) {
    long bytes =
        measuresMemory
            ? PeakMemory.of(entrant.contender(), problem, mode, entrant.way(), threads)
            : 0;
    return new NetworkResult.Timing(entrant.contender().name(), entrant.way(), seconds, bytes);
  }

  private static LongSupplier turn(Entrant entrant) {
    return () -> {
      long start = System.nanoTime();
      entrant.step().run();
      return System.nanoTime() - start;
    };
  }

  /** How far the peers' logits are from ours, which come first. */
  private static Double error(List<Entrant> entrants) {
    if (entrants.size() < 2) {
      return null;
    }
    entrants.forEach(entrant -> entrant.step().run());
    float[] ours = entrants.get(0).step().logits();
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < ours.length; i++) {
      squares += (double) ours[i] * ours[i];
    }
    for (Entrant peer : entrants.subList(1, entrants.size())) {
      float[] theirs = peer.step().logits();
      for (int i = 0; i < ours.length; i++) {
        double difference = Math.abs((double) ours[i] - theirs[i]);
        largest = difference <= largest ? largest : difference;
      }
    }
    return largest / Math.sqrt(squares / ours.length);
  }
}
