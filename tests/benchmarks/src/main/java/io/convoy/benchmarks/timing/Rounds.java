package io.convoy.benchmarks.timing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Contenders in turns: ours, peer, ours, peer, … on one machine in one process, so that what slows
 * the machine for a while slows all. Each round starts with another contender.
 */
public final class Rounds {
  /** The least calls before the first round; what is quick gets many more. */
  private static final int WARM_CALLS = 2;

  private final List<LongSupplier> contenders;
  private final Budget budget;
  private final int[] repetitions;

  /**
   * @param contenders each computes once and gives the nanoseconds that it took
   */
  public Rounds(List<LongSupplier> contenders, Budget budget) {
    this.contenders = List.copyOf(contenders);
    this.budget = budget;
    this.repetitions = new int[contenders.size()];
  }

  /** Warms all up and measures: for each contender the mean seconds of a call in each round. */
  public List<double[]> measure() {
    for (int i = 0; i < repetitions.length; i++) {
      repetitions[i] = warmUp(contenders.get(i));
    }
    List<double[]> rounds = new ArrayList<>();
    long end = System.nanoTime() + (long) (budget.seconds() * 1e9);
    while (rounds.size() < budget.leastRounds()
        || (System.nanoTime() - end < 0 && rounds.size() < Budget.MOST_ROUNDS)) {
      rounds.add(round(rounds.size()));
    }
    List<double[]> seconds = new ArrayList<>();
    for (int i = 0; i < repetitions.length; i++) {
      int contender = i;
      seconds.add(rounds.stream().mapToDouble(round -> round[contender]).toArray());
    }
    return seconds;
  }

  private double[] round(int number) {
    double[] seconds = new double[repetitions.length];
    for (int turn = 0; turn < seconds.length; turn++) {
      int contender = (number + turn) % seconds.length;
      long nanos = 0;
      for (int i = 0; i < repetitions[contender]; i++) {
        nanos += contenders.get(contender).getAsLong();
      }
      seconds[contender] = nanos / 1e9 / repetitions[contender];
    }
    return seconds;
  }

  /** Calls a contender until it is warm, and says how many calls make a turn. */
  private int warmUp(LongSupplier contender) {
    long now = System.nanoTime();
    long end = now + (long) (budget.warmUpSeconds() * 1e9);
    long[] last = new long[WARM_CALLS];
    int calls = 0;
    while (calls < last.length || now - end < 0) {
      var unused = contender.getAsLong(); // a turn's length is that of all that it does
      long start = now;
      now = System.nanoTime();
      last[calls++ % last.length] = now - start;
    }
    double once = Arrays.stream(last).min().orElseThrow() / 1e9;
    return (int) Math.max(1, Math.ceil(Budget.TURN_SECONDS / Math.max(once, 1e-7)));
  }
}
