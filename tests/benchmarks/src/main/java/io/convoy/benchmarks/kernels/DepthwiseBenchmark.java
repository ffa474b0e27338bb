package io.convoy.benchmarks.kernels;

import io.convoy.kernel.DepthwiseKernels;
import io.convoy.kernel.KernelProvider;
import io.convoy.tensor.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A row of pixels of a depthwise 3x3 convolution; rows are as MobileNet has them. */
@State(Scope.Thread)
public class DepthwiseBenchmark {
  private static final int KERNEL = 3;

  /** Floats of a row of pixels: 112 pixels of 32 channels, 14 of 256. */
  private static final int ROW = 3584;

  /** Channels; the more, the fewer pixels. */
  @Param({"32", "256"})
  public int channels;

  private DepthwiseKernels kernels;
  private int pixels;
  private int[] offsets;
  private Arena.Slice x;
  private Arena.Slice y;
  private float[] weights;
  private float[] bias;

  /** Makes the operands: three rows with a frame. */
  @Setup
  public void prepare() {
    kernels = KernelProvider.kernels().depthwise();
    Arena arena = new Arena();
    pixels = ROW / channels;
    int rowStep = (pixels + 2) * channels;
    offsets = new int[KERNEL * KERNEL];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] = tap / KERNEL * rowStep + tap % KERNEL * channels;
    }
    x = Numbers.tensor(arena, KERNEL * rowStep);
    y = Numbers.tensor(arena, ROW);
    weights = Numbers.row(offsets.length * channels);
    bias = Numbers.row(channels);
  }

  /** Forward, and backward for data. */
  @Benchmark
  public void correlate(KernelWork work) {
    kernels.correlate(
        offsets,
        x.data(),
        x.offset(),
        channels,
        weights,
        bias,
        0,
        y.data(),
        y.offset(),
        channels,
        pixels,
        channels);
    count(work);
  }

  /** The row's part in the gradient of the weights. */
  @Benchmark
  public void gradient(KernelWork work) {
    kernels.gradient(
        offsets,
        x.data(),
        x.offset(),
        channels,
        y.data(),
        y.offset(),
        channels,
        weights,
        pixels,
        channels);
    count(work);
  }

  private void count(KernelWork work) {
    work.add(2.0 * offsets.length * ROW, x.length() + ROW);
  }
}
