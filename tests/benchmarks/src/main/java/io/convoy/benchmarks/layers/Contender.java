package io.convoy.benchmarks.layers;

import java.util.Optional;

/**
 * A library that computes layers. Peers are found by {@link java.util.ServiceLoader}: they are on
 * the class path where the build has the profile {@code peers}.
 */
public interface Contender extends AutoCloseable {
  /** What tables call it. */
  String name();

  /** Its version, and what else decides its speed. */
  String version();

  /**
   * Takes memory and makes all ready for one problem.
   *
   * @param threads that it may work with
   * @return nothing where the library has no such layer
   */
  Optional<Workload> prepare(Problem problem, Operands operands, int threads);

  @Override
  default void close() {}
}
