package io.convoy.benchmarks.kernels;

import io.convoy.kernel.PoolingKernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.tensor.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A row of windows of max-pooling, 2x2 with stride 2. */
@State(Scope.Thread)
public class PoolingBenchmark {
  private static final int PIXELS = 28;
  private static final int STRIDE = 2;

  /** Channels: one number that no vector divides, and one that all do. */
  @Param({"20", "64"})
  public int channels;

  private PoolingKernels kernels;
  private int[] offsets;
  private float[] labels;
  private Arena.Slice x;
  private Arena.Slice y;
  private Arena.Slice winners;

  /** Makes the operands: two rows of input. */
  @Setup
  public void prepare() {
    kernels = KernelProvider.kernels().pooling();
    Arena arena = new Arena();
    int rowStep = STRIDE * PIXELS * channels;
    offsets = new int[] {0, channels, rowStep, rowStep + channels};
    labels = new float[] {0, 1, 2, 3};
    x = Numbers.tensor(arena, 2 * rowStep);
    y = Numbers.tensor(arena, PIXELS * channels);
    winners = Numbers.tensor(arena, PIXELS * channels);
  }

  /** The maxima and where they came from. */
  @Benchmark
  public void max(KernelWork work) {
    int step = STRIDE * channels;
    kernels.max(
        offsets,
        labels,
        x.data(),
        x.offset(),
        step,
        y.data(),
        y.offset(),
        channels,
        winners.data(),
        winners.offset(),
        channels,
        PIXELS,
        channels);
    work.add(0, x.length() + 2.0 * y.length());
  }

  /** The gradient of one of the four taps. */
  @Benchmark
  public void maxGradient(KernelWork work) {
    int step = STRIDE * channels;
    kernels.maxGradient(
        0,
        winners.data(),
        winners.offset(),
        channels,
        y.data(),
        y.offset(),
        channels,
        x.data(),
        x.offset(),
        step,
        PIXELS,
        channels);
    work.add(0, 4.0 * y.length());
  }
}
