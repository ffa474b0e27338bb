package io.convoy.benchmarks.predict;

import io.convoy.benchmarks.networks.NetworkProblem;

/**
 * A library that runs networks within a task of Spark's. Found by {@link java.util.ServiceLoader}:
 * on the class path where the build has the profile {@code peers}.
 */
public interface PeerLibrary {
  /** What tables call it. */
  String name();

  /** Its version, and what else decides its speed. */
  String version();

  /** Takes memory and makes a network ready, on one thread, for batches of the problem's size. */
  PeerNetwork prepare(NetworkProblem problem);
}
