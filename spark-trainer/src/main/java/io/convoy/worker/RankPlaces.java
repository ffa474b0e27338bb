package io.convoy.worker;

import java.util.List;

/**
 * Which executor is which rank.
 *
 * @param step the first one for which that holds, from 1
 * @param executors in the order of ranks
 */
public record RankPlaces(long step, List<Executor> executors) {
  /**
   * An executor.
   *
   * @param executor Spark's id of it
   * @param host as Spark names it
   */
  public record Executor(int rank, String executor, String host) {}

  public RankPlaces {
    executors = List.copyOf(executors);
  }
}
