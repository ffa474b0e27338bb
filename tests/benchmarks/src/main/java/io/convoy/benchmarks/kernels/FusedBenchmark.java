package io.convoy.benchmarks.kernels;

import org.openjdk.jmh.annotations.Benchmark;

/** The passes of {@link io.convoy.kernel.FusedKernels} around a batch norm, a row a call. */
public class FusedBenchmark {
  /** A sum and a rectifier. */
  @Benchmark
  public void addRelu(RowOperands on, KernelWork work) {
    on.fused.addRelu(
        on.x.data(),
        on.x.offset(),
        on.dx.data(),
        on.dx.offset(),
        on.y.data(),
        on.y.offset(),
        on.length);
    on.count(work, 3);
  }

  /** The gradient of a rectifier, added. */
  @Benchmark
  public void addReluGradient(RowOperands on, KernelWork work) {
    on.fused.addReluGradient(
        on.y.data(),
        on.y.offset(),
        on.dy.data(),
        on.dy.offset(),
        on.dx.data(),
        on.dx.offset(),
        on.length);
    on.count(work, 4);
  }

  /** A normalisation and a rectifier. */
  @Benchmark
  public void normalizeRelu(RowOperands on, KernelWork work) {
    on.fused.normalizeRelu(
        on.x.data(),
        on.x.offset(),
        on.mean,
        on.scale,
        on.shift,
        on.y.data(),
        on.y.offset(),
        on.length);
    on.count(work, 5);
  }

  /** A normalisation, a sum and a rectifier. */
  @Benchmark
  public void normalizeAddRelu(RowOperands on, KernelWork work) {
    on.fused.normalizeAddRelu(
        on.x.data(),
        on.x.offset(),
        on.mean,
        on.scale,
        on.shift,
        on.dx.data(),
        on.dx.offset(),
        on.y.data(),
        on.y.offset(),
        on.length);
    on.count(work, 6);
  }

  /** The sums of a backward pass behind a rectifier. */
  @Benchmark
  public void addProductsRelu(RowOperands on, KernelWork work) {
    on.fused.addProductsRelu(
        on.y.data(),
        on.y.offset(),
        on.dy.data(),
        on.dy.offset(),
        on.x.data(),
        on.x.offset(),
        on.mean,
        on.sums,
        on.products,
        on.length);
    on.count(work, 8);
  }

  /** The gradient of a normalisation behind a rectifier. */
  @Benchmark
  public void normalizeGradientRelu(RowOperands on, KernelWork work) {
    on.fused.normalizeGradientRelu(
        on.y.data(),
        on.y.offset(),
        on.dy.data(),
        on.dy.offset(),
        on.x.data(),
        on.x.offset(),
        on.mean,
        on.scale,
        on.shift,
        on.sums,
        on.dx.data(),
        on.dx.offset(),
        on.length);
    on.count(work, 8);
  }
}
