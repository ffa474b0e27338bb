package io.convoy.benchmarks.networks;

import java.util.List;

/**
 * A framework that trains networks. Peers are found by {@link java.util.ServiceLoader}: they are on
 * the class path where the build has the profile {@code peers}.
 */
public interface NetworkContender {
  /** The heap for what keeps its tensors elsewhere: a batch of large images fits well. */
  long SMALL_HEAP = 512L << 20;

  /** What tables call it. */
  String name();

  /** Its version, and what else decides its speed. */
  String version();

  /** The ways in which it can do it, such as memory formats; the best one is compared. */
  List<String> ways(Mode mode);

  /** Whether it can do it at all; by default it can. */
  default boolean computes(NetworkProblem problem) {
    return true;
  }

  /** Whether a way is one of this process; by default all are. */
  default boolean here(String way) {
    return true;
  }

  /**
   * Takes memory and makes all ready.
   *
   * @param way one of {@link #ways}
   * @param threads that it may work with
   */
  Step prepare(NetworkProblem problem, Mode mode, String way, int threads);

  /**
   * The Java heap of a process that does nothing else, in bytes, as a user would give it: more
   * would only tell how long a collector waits.
   */
  default long heapBytes(NetworkProblem problem, Mode mode, String way, int threads) {
    return SMALL_HEAP;
  }
}
