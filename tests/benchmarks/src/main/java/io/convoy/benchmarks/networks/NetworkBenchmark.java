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

  /** Measures one network in one mode. */
  NetworkResult run(NetworkProblem problem, Mode mode) {
    Measured measured = measure(problem, mode);
    // all of it is given back by now: the other processes want the machine for themselves
    List<NetworkResult.Timing> timings = new ArrayList<>();
    for (NetworkContender contender : entrants(problem)) {
      for (String way : contender.ways(mode)) {
        boolean here = contender.here(way);
        long bytes =
            measuresMemory && here ? PeakMemory.of(contender, problem, mode, way, threads) : 0;
        Spread seconds = Spread.of(measured.seconds().get(timings.size()));
        timings.add(new NetworkResult.Timing(contender.name(), way, seconds, bytes));
      }
    }
    return new NetworkResult(problem.name(), mode, problem.batch(), measured.error(), timings);
  }

  private List<NetworkContender> entrants(NetworkProblem problem) {
    return contenders.stream().filter(contender -> contender.computes(problem)).toList();
  }

  /** The rounds of each contender in each of its ways. */
  private record Measured(Double error, List<double[]> seconds) {}

  private Measured measure(NetworkProblem problem, Mode mode) {
    List<Step> steps = new ArrayList<>();
    try {
      for (NetworkContender contender : entrants(problem)) {
        for (String way : contender.ways(mode)) {
          steps.add(contender.prepare(problem, mode, way, threads));
        }
      }
      Double error = mode == Mode.INFERENCE ? error(steps) : null;
      List<LongSupplier> turns = steps.stream().map(NetworkBenchmark::turn).toList();
      return new Measured(error, new Rounds(turns, budget).measure());
    } finally {
      steps.forEach(Step::close);
    }
  }

  private static LongSupplier turn(Step step) {
    return () -> {
      long start = System.nanoTime();
      step.run();
      return System.nanoTime() - start;
    };
  }

  /** How far the peers' logits are from ours, which come first; null without a peer. */
  private static Double error(List<Step> steps) {
    if (steps.size() < 2) {
      return null;
    }
    steps.forEach(Step::run);
    float[] ours = steps.get(0).logits();
    double squares = 0;
    double largest = 0;
    for (float logit : ours) {
      squares += (double) logit * logit;
    }
    for (Step peer : steps.subList(1, steps.size())) {
      float[] theirs = peer.logits();
      for (int i = 0; i < ours.length; i++) {
        double difference = Math.abs((double) ours[i] - theirs[i]);
        largest = difference <= largest ? largest : difference;
      }
    }
    return largest / Math.sqrt(squares / ours.length);
  }
}
