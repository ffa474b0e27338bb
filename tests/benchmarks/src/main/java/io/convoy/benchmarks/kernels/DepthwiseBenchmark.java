package io.convoy.benchmarks.kernels;

import io.convoy.kernel.DepthwiseCorrelation;
import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.tensor.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Rows of pixels of a depthwise 3x3 convolution; they are as MobileNet has them. */
@State(Scope.Thread)
public class DepthwiseBenchmark {
  private static final int KERNEL = 3;
  private static final int ROWS = 4;

  /** Floats of a row of pixels: 112 pixels of 32 channels, 14 of 256. */
  private static final int ROW = 3584;

  /** Channels; the more, the fewer pixels. */
  @Param({"32", "256"})
  public int channels;

  private DepthwiseCorrelation correlation;
  private DepthwiseGradient gradient;
  private Arena.Slice x;
  private Arena.Slice y;
  private float[] weights;
  private float[] bias;

  /** Makes the operands: rows with a frame. */
  @Setup
  public void prepare() {
    Arena arena = new Arena();
    int pixels = ROW / channels;
    int rowStep = (pixels + 2) * channels;
    int[] offsets = new int[KERNEL * KERNEL];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] = tap / KERNEL * rowStep + tap % KERNEL * channels;
    }
    DepthwiseWindows windows =
        new DepthwiseWindows(offsets, channels, rowStep, channels, ROW, pixels, channels);
    correlation = KernelProvider.kernels().depthwise(windows);
    gradient = KernelProvider.kernels().depthwiseGradient(windows);
    x = Numbers.tensor(arena, (ROWS + KERNEL - 1) * rowStep);
    y = Numbers.tensor(arena, ROWS * ROW);
    weights = Numbers.row(offsets.length * windows.pitch());
    bias = Numbers.row(channels);
  }

  /** Forward, and backward for data. */
  @Benchmark
  public void correlate(KernelWork work) {
    correlation.correlate(x.data(), x.offset(), weights, bias, 0, y.data(), y.offset(), ROWS);
    count(work);
  }

  /** The rows' part in the gradient of the weights. */
  @Benchmark
  public void gradient(KernelWork work) {
    gradient.accumulate(x.data(), x.offset(), y.data(), y.offset(), weights, 0, ROWS, 0, channels);
    count(work);
  }

  private void count(KernelWork work) {
    work.add(2.0 * KERNEL * KERNEL * ROWS * ROW, x.length() + ROWS * ROW);
  }
}
