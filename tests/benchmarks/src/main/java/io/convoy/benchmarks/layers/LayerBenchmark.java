package io.convoy.benchmarks.layers;

import io.convoy.benchmarks.timing.Budget;
import io.convoy.benchmarks.timing.Peak;
import io.convoy.benchmarks.timing.Rounds;
import io.convoy.benchmarks.timing.Spread;
import io.convoy.kernel.WorkPool;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Checks problems and times them: all contenders in turns, and the machine's peak among them. */
final class LayerBenchmark implements AutoCloseable {
  /** Samples of a problem that the scalar kernels compute: they are slow. */
  private static final int CHECKED_SAMPLES = 2;

  /** Calls without a better one that end the search for the peak, and its seconds at the most. */
  private static final int PEAK_PATIENCE = 200;

  private static final double PEAK_SECONDS = 3;

  private final List<Contender> contenders;
  private final int threads;
  private final Budget budget;
  private final ScalarReference scalar;
  private final WorkPool pool;
  private final Peak peak;

  /** What was compared: the same for several batches. */
  private final Map<Problem, Map<Direction, Boolean>> compared = new HashMap<>();

  /**
   * @param contenders Convoy first
   * @param scalar null where bits are not compared
   */
  LayerBenchmark(List<Contender> contenders, int threads, Budget budget, ScalarReference scalar) {
    this.contenders = List.copyOf(contenders);
    this.threads = threads;
    this.budget = budget;
    this.scalar = scalar;
    this.pool = new WorkPool(threads);
    this.peak = pool.closedOnFailure(() -> new Peak(pool));
  }

  /** What registers alone reach at best, operations a second: asked before the first problem. */
  double settlePeak() {
    return peak.settle(PEAK_PATIENCE, PEAK_SECONDS);
  }

  /** The best up to here, operations a second. */
  double peak() {
    return peak.best();
  }

  /** A contender with the problem in its hands. */
  private record Entrant(String name, Workload workload) implements AutoCloseable {
    @Override
    public void close() {
      workload.close();
    }
  }

  /** Measures the wanted directions of a problem, one result after the other. */
  void run(Problem problem, Set<Direction> wanted, Consumer<LayerResult> results) {
    List<Direction> directions = problem.directions().stream().filter(wanted::contains).toList();
    Map<Direction, Boolean> sameBits = compareBits(problem);
    Operands operands = Operands.of(problem);
    List<Entrant> entrants = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        contender
            .prepare(problem, operands, threads)
            .ifPresent(workload -> entrants.add(new Entrant(contender.name(), workload)));
      }
      Reference reference = new Reference(problem, operands);
      for (Direction direction : directions) {
        results.accept(measure(problem, direction, entrants, reference, sameBits.get(direction)));
      }
    } finally {
      entrants.forEach(Entrant::close);
    }
  }

  private Map<Direction, Boolean> compareBits(Problem problem) {
    if (scalar == null) {
      return Map.of();
    }
    Problem checked = problem.withBatch(Math.min(CHECKED_SAMPLES, problem.batch()));
    return compared.computeIfAbsent(checked, this::compareBitsOf);
  }

  private Map<Direction, Boolean> compareBitsOf(Problem checked) {
    Map<Direction, Boolean> same = new EnumMap<>(Direction.class);
    Map<Direction, String> expected = scalar.hashes(checked);
    Map<Direction, String> got = ScalarReference.hashesHere(checked, threads);
    expected.forEach((direction, hash) -> same.put(direction, hash.equals(got.get(direction))));
    return same;
  }

  private LayerResult measure(
      Problem problem,
      Direction direction,
      List<Entrant> entrants,
      Reference reference,
      Boolean sameBits) {
    double[] errors = new double[entrants.size()];
    List<LongSupplier> turns = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      Workload workload = entrants.get(i).workload();
      workload.nanos(direction);
      errors[i] = reference.error(direction, workload.result(direction));
      turns.add(() -> workload.nanos(direction));
    }
    turns.add(peak);
    Workload ours = entrants.get(0).workload();
    boolean packs = ours.packingNanos(direction) != 0;
    if (packs) {
      turns.add(() -> ours.packingNanos(direction));
    }
    List<double[]> seconds = new Rounds(turns, budget).measure();
    List<LayerResult.Timing> timings = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      Spread spread = Spread.of(seconds.get(i));
      timings.add(new LayerResult.Timing(entrants.get(i).name(), spread, errors[i]));
    }
    return new LayerResult(
        problem.line(),
        problem.name(),
        problem.set(),
        problem.batch(),
        problem.count(),
        direction,
        problem.shape().group(direction),
        problem.operations(),
        peak.best(),
        sameBits,
        reference.limit(direction),
        packs ? Spread.of(seconds.get(errors.length + 1)) : null,
        timings);
  }

  @Override
  public void close() {
    pool.close();
  }
}
