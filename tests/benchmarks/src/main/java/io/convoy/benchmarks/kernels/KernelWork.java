package io.convoy.benchmarks.kernels;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the calls of a kernel did: JMH makes rates of it. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class KernelWork {
  /** Floating operations, two a multiply-add. */
  public double operations;

  /** Bytes that a call must read and write, each operand once. */
  public double bytes;

  /**
   * Counts a call.
   *
   * @param callOperations floating operations
   * @param floats that are read and written, an operand that is both twice
   */
  void add(double callOperations, double floats) {
    operations += callOperations;
    bytes += Float.BYTES * floats;
  }
}
