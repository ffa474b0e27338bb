package io.convoy.benchmarks.kernels;

import static io.convoy.kernel.Winograd.PATCH;
import static io.convoy.kernel.Winograd.PLANES;
import static io.convoy.kernel.Winograd.TILE;

import io.convoy.kernel.KernelProvider;
import io.convoy.kernel.WinogradKernels;
import io.convoy.tensor.Arena;
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
  private Arena.Slice pixels;
  private Arena.Slice outputs;
  private Arena.Slice planes;
  private Arena.Slice taps;
  private float[] bias;

  /** Makes the operands. */
  @Setup
  public void prepare() {
    kernels = KernelProvider.kernels().winograd();
    Arena arena = new Arena();
    planeStep = channels + 16; // planes a power of two apart would share sets of the cache
    pixels = Numbers.tensor(arena, PATCH * PATCH * channels);
    outputs = Numbers.tensor(arena, TILE * TILE * channels);
    planes = Numbers.tensor(arena, PLANES * planeStep);
    taps = Numbers.tensor(arena, TAPS * channels);
    bias = Numbers.row(channels);
  }

  /** 36 pixels to 36 planes. */
  @Benchmark
  public void input(KernelWork work) {
    int row = PATCH * channels;
    kernels.input(
        pixels.data(),
        pixels.offset(),
        row,
        channels,
        planes.data(),
        planes.offset(),
        planeStep,
        channels);
    work.add(0, 2.0 * PLANES * channels);
  }

  /** Nine taps to 36 planes. */
  @Benchmark
  public void weights(KernelWork work) {
    kernels.weights(
        taps.data(), taps.offset(), channels, planes.data(), planes.offset(), planeStep, channels);
    work.add(0, (double) (TAPS + PLANES) * channels);
  }

  /** 36 planes to 16 pixels. */
  @Benchmark
  public void output(KernelWork work) {
    int row = TILE * channels;
    kernels.output(
        planes.data(),
        planes.offset(),
        planeStep,
        bias,
        0,
        outputs.data(),
        outputs.offset(),
        row,
        channels,
        TILE,
        TILE,
        channels);
    work.add(0, (double) (PLANES + 1 + TILE * TILE) * channels);
  }

  /** 16 pixels to 36 planes. */
  @Benchmark
  public void outputGradient(KernelWork work) {
    int row = TILE * channels;
    kernels.outputGradient(
        outputs.data(),
        outputs.offset(),
        row,
        channels,
        planes.data(),
        planes.offset(),
        planeStep,
        channels);
    work.add(0, (double) (TILE * TILE + PLANES) * channels);
  }

  /** 36 planes to nine taps. */
  @Benchmark
  public void weightGradient(KernelWork work) {
    kernels.weightGradient(
        planes.data(), planes.offset(), planeStep, taps.data(), taps.offset(), channels, channels);
    work.add(0, (double) (PLANES + TAPS) * channels);
  }
}
