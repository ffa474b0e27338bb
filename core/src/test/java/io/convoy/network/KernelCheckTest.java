package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.KernelProvider;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.scalar.ScalarKernels;
import org.junit.jupiter.api.Test;

class KernelCheckTest {
  @Test
  void theKernelsOfThisMachinePass() {
    KernelCheck check = KernelCheck.of(KernelProvider.kernels(), 2);
    assertEquals("", check.difference());
    assertTrue(check.gigaflops() > 0.01, () -> check.gigaflops() + " GFLOP/s");
  }

  /** One bit in one output of one call. */
  @Test
  void oneWrongBitIsFound() {
    try (WorkPool pool = new WorkPool(1)) {
      assertEquals("", KernelCheck.compare(new ScalarKernels(), pool));
      String difference = KernelCheck.compare(new WrongKernels(), pool);
      assertTrue(difference.matches("element \\d+ of the output is .*, scalar .*"), difference);
    }
  }

  private static final class WrongKernels implements Kernels {
    private final Kernels right = new ScalarKernels();
    private boolean done;

    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public int lanes() {
      return 1;
    }

    @Override
    public int panelWidth() {
      return right.panelWidth();
    }

    @Override
    public RowKernels rows() {
      return right.rows();
    }

    @Override
    public void multiply(
        int run,
        float[] x,
        int xBase,
        int[] xOffsets,
        float[] panel,
        int panelStart,
        float[] y,
        int yBase,
        int[] yOffsets,
        int first,
        int rows,
        int columns,
        boolean accumulate) {
      right.multiply(
          run,
          x,
          xBase,
          xOffsets,
          panel,
          panelStart,
          y,
          yBase,
          yOffsets,
          first,
          rows,
          columns,
          accumulate);
      int at = yBase + yOffsets[first];
      if (!done && y[at] != 0) {
        done = true;
        y[at] = Float.intBitsToFloat(Float.floatToRawIntBits(y[at]) ^ (1 << 22));
      }
    }

    @Override
    public void correlate(
        int run,
        float[] x,
        int xStart,
        int xStride,
        float[] panel,
        int panelStart,
        float[] out,
        int outStart,
        int rows,
        boolean accumulate) {
      right.correlate(run, x, xStart, xStride, panel, panelStart, out, outStart, rows, accumulate);
    }
  }
}
