package io.convoy.benchmarks.kernels;

import static io.convoy.kernel.Winograd.PATCH;
import static io.convoy.kernel.Winograd.PLANES;
import static io.convoy.kernel.Winograd.TILE;

import io.convoy.kernel.KernelProvider;
import io.convoy.kernel.WinogradKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The transforms of Winograd's convolution, one tile a call; they are judged by their bytes. */
@State(Scope.Thread)
public class WinogradBenchmark {
  private static final int TAPS = 9;

  /** Channels that lie side by side. */
  @Param({"64"})
  public int channels;

  private WinogradKernels kernels;
  private int planeStep;
  private float[] pixels;
  private float[] outputs;
  private float[] planes;
  private float[] taps;
  private float[] bias;

  /** Makes the operands. */
  @Setup
  public void prepare() {
    kernels = KernelProvider.kernels().winograd();
    planeStep = channels + 16; // planes a power of two apart would share sets of the cache
    pixels = Numbers.uniform(PATCH * PATCH * channels);
    outputs = Numbers.uniform(TILE * TILE * channels);
    planes = Numbers.uniform(PLANES * planeStep);
    taps = Numbers.uniform(TAPS * channels);
    bias = Numbers.uniform(channels);
  }

  /** 36 pixels to 36 planes. */
  @Benchmark
  public void input(KernelWork work) {
    int row = PATCH * channels;
    kernels.input(pixels, 0, row, channels, planes, 0, planeStep, channels);
    work.add(0, 2.0 * PLANES * channels);
  }

  /** Nine taps to 36 planes. */
  @Benchmark
  public void weights(KernelWork work) {
    kernels.weights(taps, 0, channels, planes, 0, planeStep, channels);
    work.add(0, (double) (TAPS + PLANES) * channels);
  }

  /** 36 planes to 16 pixels. */
  @Benchmark
  public void output(KernelWork work) {
    int row = TILE * channels;
    kernels.output(planes, 0, planeStep, bias, 0, outputs, 0, row, channels, TILE, TILE, channels);
    work.add(0, (double) (PLANES + 1 + TILE * TILE) * channels);
  }

  /** 16 pixels to 36 planes. */
  @Benchmark
  public void outputGradient(KernelWork work) {
    int row = TILE * channels;
    kernels.outputGradient(outputs, 0, row, channels, planes, 0, planeStep, channels);
    work.add(0, (double) (TILE * TILE + PLANES) * channels);
  }

  /** 36 planes to nine taps. */
  @Benchmark
  public void weightGradient(KernelWork work) {
    kernels.weightGradient(planes, 0, planeStep, taps, 0, channels, channels);
    work.add(0, (double) (PLANES + TAPS) * channels);
  }
}
