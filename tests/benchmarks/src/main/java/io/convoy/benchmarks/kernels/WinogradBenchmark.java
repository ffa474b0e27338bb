package io.convoy.benchmarks.kernels;

import static io.convoy.kernel.Winograd.PATCH;
import static io.convoy.kernel.Winograd.PLANES;

import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.tensor.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The transforms of Winograd's convolution, one tile a call; they are judged by their bytes. */
@State(Scope.Thread)
public class WinogradBenchmark {
  /** Outputs of a tile and taps of the kernel. */
  @Param({"F4X3", "F2X5"})
  public WinogradForm form;

  /** Channels that lie side by side. */
  @Param({"64"})
  public int channels;

  private WinogradKernels kernels;
  private int tile;
  private int taps;
  private int planeStep;
  private Arena.Slice pixels;
  private Arena.Slice outputs;
  private Arena.Slice planes;
  private Arena.Slice kernel;
  private Arena.Slice space;
  private float[] bias;

  /** Makes the operands. */
  @Setup
  public void prepare() {
    kernels = KernelProvider.kernels().winograd(form);
    tile = form.tile();
    taps = form.kernel() * form.kernel();
    Arena arena = new Arena();
    planeStep = channels + 16; // planes a power of two apart would share sets of the cache
    pixels = Numbers.tensor(arena, PATCH * PATCH * channels);
    outputs = Numbers.tensor(arena, tile * tile * channels);
    planes = Numbers.tensor(arena, PLANES * planeStep);
    kernel = Numbers.tensor(arena, taps * channels);
    space = arena.take(WinogradKernels.WORK);
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
        channels,
        space.data(),
        space.offset());
    work.add(0, 2.0 * PLANES * channels);
  }

  /** The taps to 36 planes. */
  @Benchmark
  public void weights(KernelWork work) {
    kernels.weights(
        kernel.data(),
        kernel.offset(),
        channels,
        planes.data(),
        planes.offset(),
        planeStep,
        channels,
        space.data(),
        space.offset());
    work.add(0, (double) (taps + PLANES) * channels);
  }

  /** 36 planes to the pixels of a tile. */
  @Benchmark
  public void output(KernelWork work) {
    int row = tile * channels;
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
        tile,
        tile,
        channels,
        space.data(),
        space.offset());
    work.add(0, (double) (PLANES + 1 + tile * tile) * channels);
  }

  /** The pixels of a tile to 36 planes. */
  @Benchmark
  public void outputGradient(KernelWork work) {
    int row = tile * channels;
    kernels.outputGradient(
        outputs.data(),
        outputs.offset(),
        row,
        channels,
        planes.data(),
        planes.offset(),
        planeStep,
        channels,
        space.data(),
        space.offset());
    work.add(0, (double) (tile * tile + PLANES) * channels);
  }

  /** 36 planes to the taps. */
  @Benchmark
  public void weightGradient(KernelWork work) {
    kernels.weightGradient(
        planes.data(),
        planes.offset(),
        planeStep,
        kernel.data(),
        kernel.offset(),
        channels,
        channels,
        space.data(),
        space.offset());
    work.add(0, (double) (PLANES + taps) * channels);
  }
}
