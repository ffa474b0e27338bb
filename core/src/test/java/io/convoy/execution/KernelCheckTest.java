package io.convoy.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.ActivationKernels;
import io.convoy.kernel.DepthwiseCorrelation;
import io.convoy.kernel.DepthwiseGradient;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.FusedKernels;
import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.PanelProduct;
import io.convoy.kernel.PanelUpdate;
import io.convoy.kernel.PoolingKernels;
import io.convoy.kernel.ResamplingKernel;
import io.convoy.kernel.RowKernels;
import io.convoy.kernel.ScatteredProduct;
import io.convoy.kernel.ShardedProduct;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WinogradKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
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
      String difference = KernelCheck.compare(new WrongKernels(false), pool);
      assertTrue(
          difference.matches("element \\d+ of a convolution's output is .*, scalar .*"),
          difference);
    }
  }

  /** The last byte of the pass that is looked at last. */
  @Test
  void oneWrongPixelIsFound() {
    try (WorkPool pool = new WorkPool(1)) {
      String difference = KernelCheck.compare(new WrongKernels(true), pool);
      assertTrue(difference.matches("byte 4269 of a resizing is \\d+, scalar \\d+"), difference);
    }
  }

  private static final class WrongKernels implements Kernels {
    private final Kernels right = new ScalarKernels();
    private final boolean wrongPixels;
    private boolean done;

    WrongKernels(boolean wrongPixels) {
      this.wrongPixels = wrongPixels;
    }

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
    public ActivationKernels activations() {
      return right.activations();
    }

    @Override
    public RowKernels rows() {
      return right.rows();
    }

    @Override
    public FusedKernels fused() {
      return right.fused();
    }

    @Override
    public WinogradKernels winograd(WinogradForm form) {
      return right.winograd(form);
    }

    @Override
    public DepthwiseCorrelation depthwise(DepthwiseWindows windows) {
      return right.depthwise(windows);
    }

    @Override
    public DepthwiseGradient depthwiseGradient(DepthwiseWindows windows) {
      return right.depthwiseGradient(windows);
    }

    @Override
    public JpegKernels jpeg() {
      return right.jpeg();
    }

    @Override
    public PoolingKernels pooling() {
      return right.pooling();
    }

    @Override
    public ResamplingKernel resampling() {
      return (x, xStart, xStep, lines, first, start, weights, outputs, y, yStart, yStep, work) -> {
        right
            .resampling()
            .resample(
                x, xStart, xStep, lines, first, start, weights, outputs, y, yStart, yStep, work);
        y[yStart + (outputs - 1) * yStep + lines - 1] ^= (byte) (wrongPixels ? 1 : 0);
      };
    }

    @Override
    public PanelProduct product(int termStep, int rowStep, int panelStep, int width) {
      PanelProduct product = right.product(termStep, rowStep, panelStep, width);
      return (run, x, xStart, panel, panelStart, addend, from, step, out, to, outStep, rows) -> {
        product.multiply(
            run, x, xStart, panel, panelStart, addend, from, step, out, to, outStep, rows);
        flip(out, to);
      };
    }

    @Override
    public ScatteredProduct scattered(int rowStep, int panelStep, int width, int rows) {
      return right.scattered(rowStep, panelStep, width, rows);
    }

    @Override
    public PanelUpdate update(int panelStep, int outStep) {
      return right.update(panelStep, outStep);
    }

    @Override
    public ShardedProduct sharded() {
      return right.sharded();
    }

    private void flip(float[] out, int index) {
      if (!wrongPixels && !done && out[index] != 0) {
        done = true;
        out[index] = Float.intBitsToFloat(Float.floatToRawIntBits(out[index]) ^ (1 << 22));
      }
    }
  }
}
