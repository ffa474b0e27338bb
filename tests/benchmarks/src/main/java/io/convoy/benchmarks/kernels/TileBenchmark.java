package io.convoy.benchmarks.kernels;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.tensor.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The register tile of {@link PanelProduct}: some rows of 64 channels by a panel, all in the
 * first-level cache.
 */
@State(Scope.Thread)
public class TileBenchmark {
  /** A multiple of the rows of every tile. */
  private static final int ROWS = Kernels.WHOLE_ROWS;

  private static final int ROW_STEP = 128;

  /** Vectors of the panel; those that this JVM's panels do not have are left out. */
  @Param({"1", "2", "3", "4"})
  public int vectors;

  /** Terms of a sum: one odd number, a layer's 64 channels, the longest slice. */
  @Param({"7", "64", "128"})
  public int run;

  private PanelProduct product;
  private Arena.Slice x;
  private Arena.Slice panel;
  private Arena.Slice out;
  private int width;

  /** Has the tile compiled for its distances. */
  @Setup
  public void prepare() {
    Kernels kernels = KernelProvider.kernels();
    width = vectors * kernels.lanes();
    product = kernels.product(1, ROW_STEP, width);
    Arena arena = new Arena();
    x = Numbers.tensor(arena, (ROWS + Kernels.SPARE_ROWS) * ROW_STEP);
    panel = Numbers.tensor(arena, run * width);
    out = Numbers.tensor(arena, (ROWS + Kernels.SPARE_ROWS) * width);
  }

  /** All rows by the panel. */
  @Benchmark
  public void accumulate(KernelWork work) {
    product.accumulate(
        run,
        x.data(),
        x.offset(),
        panel.data(),
        panel.offset(),
        out.data(),
        out.offset(),
        width,
        ROWS);
    work.add(2.0 * run * ROWS * width, (double) run * (ROWS + width) + 2.0 * ROWS * width);
  }
}
