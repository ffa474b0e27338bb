package io.convoy.benchmarks.kernels;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The element-wise passes of {@link io.convoy.kernel.RowKernels} and {@link
 * io.convoy.kernel.ActivationKernels}, a row a call.
 */
public class RowBenchmark {
  private static final int PIECES = 16;

  /** Sixteen pieces of a row, one behind the other. */
  @Benchmark
  public void copyRows(RowOperands on, KernelWork work) {
    int piece = on.length / PIECES;
    on.rows.copyRows(
        on.x.data(), on.x.offset(), piece, on.y.data(), on.y.offset(), piece, PIECES, piece);
    work.add(0, 2.0 * PIECES * piece);
  }

  /** A sum of gradients. */
  @Benchmark
  public void add(RowOperands on, KernelWork work) {
    on.rows.add(on.x.data(), on.x.offset(), on.y.data(), on.y.offset(), on.length);
    on.count(work, 3);
  }

  /** The rectifier. */
  @Benchmark
  public void relu(RowOperands on, KernelWork work) {
    on.activations.relu(on.x.data(), on.x.offset(), on.y.data(), on.y.offset(), on.length);
    on.count(work, 2);
  }

  /** Its gradient. */
  @Benchmark
  public void reluGradient(RowOperands on, KernelWork work) {
    on.activations.reluGradient(
        on.y.data(),
        on.y.offset(),
        on.dy.data(),
        on.dy.offset(),
        on.dx.data(),
        on.dx.offset(),
        on.length);
    on.count(work, 3);
  }

  /** Factors, as of dropout. */
  @Benchmark
  public void scale(RowOperands on, KernelWork work) {
    on.rows.scale(on.x.data(), on.x.offset(), on.scale, 0, on.y.data(), on.y.offset(), on.length);
    on.count(work, 3);
  }

  /** The logistic function. */
  @Benchmark
  public void sigmoid(RowOperands on, KernelWork work) {
    on.activations.sigmoid(on.x.data(), on.x.offset(), on.y.data(), on.y.offset(), on.length);
    on.count(work, 2);
  }

  /** The hyperbolic tangent. */
  @Benchmark
  public void tanh(RowOperands on, KernelWork work) {
    on.activations.tanh(on.x.data(), on.x.offset(), on.y.data(), on.y.offset(), on.length);
    on.count(work, 2);
  }

  /** The exact Gaussian error linear unit, the dearest of the activations. */
  @Benchmark
  public void gelu(RowOperands on, KernelWork work) {
    on.activations.gelu(on.x.data(), on.x.offset(), on.y.data(), on.y.offset(), on.length);
    on.count(work, 2);
  }

  /** The normalisation of a batch norm. */
  @Benchmark
  public void normalize(RowOperands on, KernelWork work) {
    on.rows.normalize(
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

  /** The squares of its statistics. */
  @Benchmark
  public void addSquares(RowOperands on, KernelWork work) {
    on.rows.addSquares(on.x.data(), on.x.offset(), on.mean, on.sums, on.length);
    on.count(work, 4);
  }

  /** The sums of its backward pass. */
  @Benchmark
  public void addProducts(RowOperands on, KernelWork work) {
    on.rows.addProducts(
        on.dy.data(),
        on.dy.offset(),
        on.x.data(),
        on.x.offset(),
        on.mean,
        on.sums,
        on.products,
        on.length);
    on.count(work, 7);
  }

  /** The gradient of a normalisation. */
  @Benchmark
  public void normalizeGradient(RowOperands on, KernelWork work) {
    on.rows.normalizeGradient(
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
    on.count(work, 7);
  }
}
