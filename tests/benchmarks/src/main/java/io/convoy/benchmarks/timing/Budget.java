package io.convoy.benchmarks.timing;

/**
 * How long each comparison may take.
 *
 * @param warmUpSeconds before the first round, for each contender
 * @param seconds of all rounds together; the least number of rounds goes before
 * @param leastRounds at least 1
 */
public record Budget(double warmUpSeconds, double seconds, int leastRounds) {
  /** The most rounds: more would tell nothing. */
  static final int MOST_ROUNDS = 201;

  /**
   * A turn is repeated until it takes so long, for a clock of a microsecond and a waking thread.
   */
  static final double TURN_SECONDS = 0.02;

  public Budget {
    if (!(warmUpSeconds >= 0) || !(seconds >= 0) || leastRounds < 1) {
      throw new IllegalArgumentException(
          "warm-up and seconds must be at least 0, rounds at least 1; got %s, %s, %s"
              .formatted(warmUpSeconds, seconds, leastRounds));
    }
  }
}
