package io.convoy.benchmarks.kernels;

import io.convoy.kernel.ActivationKernels;
import io.convoy.kernel.FusedKernels;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.tensor.Arena;
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
  ActivationKernels activations;
  FusedKernels fused;
  Arena.Slice x;
  Arena.Slice y;
  Arena.Slice dy;
  Arena.Slice dx;
  float[] mean;
  float[] scale;
  float[] shift;
  float[] sums;
  float[] products;

  /** Makes the operands. */
  @Setup
  public void prepare() {
    Arena arena = new Arena();
    rows = KernelProvider.kernels().rows();
    activations = KernelProvider.kernels().activations();
    fused = KernelProvider.kernels().fused();
    x = Numbers.tensor(arena, length);
    y = Numbers.tensor(arena, length);
    dy = Numbers.tensor(arena, length);
    dx = Numbers.tensor(arena, length);
    mean = Numbers.row(length);
    scale = Numbers.row(length);
    shift = Numbers.row(length);
    sums = new float[length];
    products = new float[length];
  }

  /** Counts the rows that a pass reads and writes, one that is both twice. */
  void count(KernelWork work, int accesses) {
    work.add(0, (double) accesses * length);
  }
}
