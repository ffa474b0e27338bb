package io.convoy.launcher.session;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What to say where the shards of a batch split unevenly over the executors. */
public final class ShardAdvice {
  /** A loss of time below this share is not worth a word. */
  private static final double WORTH_A_WORD = 0.05;

  private ShardAdvice() {}

  /**
   * The advice, if any is due.
   *
   * @param shards V of the recipe
   * @param executors N, at least 1 and at most V
   */
  public static Optional<String> on(int shards, int executors) {
    int most = (shards + executors - 1) / executors;
    double idle = 1 - shards / ((double) executors * most);
    if (idle < WORTH_A_WORD) {
      return Optional.empty();
    }
    String better =
        IntStream.rangeClosed(1, shards)
            .filter(count -> shards % count == 0)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%s shards split unevenly over %s executors: all wait for those that have %s, so that %s %% of"
                .formatted(shards, executors, most, Math.round(100 * idle))
            + " the time is idle; "
            + better
            + " executors share them evenly");
  }
}
