package io.convoy.benchmarks.networks;

import java.util.List;

/**
 * A framework that trains networks. Peers are found by {@link java.util.ServiceLoader}: they are on
 * the class path where the build has the profile {@code peers}.
 */
public interface NetworkContender {
  /** What tables call it. */
  String name();

  /** Its version, and what else decides its speed. */
  String version();

  /** The ways in which it can do it, such as memory formats; the best one is compared. */
  List<String> ways(Mode mode);

  /**
   * Takes memory and makes all ready.
   *
   * @param way one of {@link #ways}
   * @param threads that it may work with
   */
  Step prepare(NetworkProblem problem, Mode mode, String way, int threads);
}
