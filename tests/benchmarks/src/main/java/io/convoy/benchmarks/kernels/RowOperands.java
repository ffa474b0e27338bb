package io.convoy.benchmarks.kernels;

import io.convoy.kernel.FusedKernels;
import io.convoy.kernel.KernelProvider;
import io.convoy.kernel.RowKernels;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What element-wise passes work on: a row each, all of them in the second-level cache. */
@State(Scope.Thread)
public class RowOperands {
  /** Floats of a row: one that no vector divides, and one long enough to hide its end. */
  @Param({"207", "8192"})
  public int length;

  RowKernels rows;
  FusedKernels fused;
  float[] x;
  float[] y;
  float[] dy;
  float[] dx;
  float[] mean;
  float[] scale;
  float[] shift;
  float[] sums;
  float[] products;

  /** Makes the operands. */
  @Setup
  public void prepare() {
    rows = KernelProvider.kernels().rows();
    fused = KernelProvider.kernels().fused();
    x = Numbers.uniform(length);
    y = Numbers.uniform(length);
    dy = Numbers.uniform(length);
    dx = Numbers.uniform(length);
    mean = Numbers.uniform(length);
    scale = Numbers.uniform(length);
    shift = Numbers.uniform(length);
    sums = new float[length];
    products = new float[length];
  }

  /** Counts the rows that a pass reads and writes, one that is both twice. */
  void count(KernelWork work, int accesses) {
    work.add(0, (double) accesses * length);
  }
}
