package io.convoy.execution;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Relu;
import io.convoy.network.LayerFigures;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.operation.Pass;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Tensor;

/**
 * A machine's kernels held against the scalar ones, bit for bit, at sizes that leave tails: on a
 * convolution with batch normalisation, forward and backward, and on {@link PixelCheck pixels}; and
 * the speed of a convolution.
 *
 * @param difference where the bits differ first; empty where they do not
 * @param gigaflops 10⁹ floating operations a second (two a multiply-add) of a 3x3 convolution of 64
 *     channels over 28x28 pixels, forward
 */
public record KernelCheck(String difference, double gigaflops) {
  private static final int SAMPLES = 2;
  private static final int BATCH = 16;
  private static final long WARM_UP_NANOS = 1_500_000_000L;
  private static final long MEASURED_NANOS = 500_000_000L;

  /**
   * Checks and measures.
   *
   * @param threads kernel threads, at least 1
   * @throws io.convoy.error.ConvoyException of kind RESOURCE where subnormal numbers are lost
   */
  public static KernelCheck of(Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      Subnormals.require(kernels, pool);
      return new KernelCheck(compare(kernels, pool), measure(kernels, pool));
    }
  }

  /** Where a provider's bits differ first from the scalar ones; empty where they do not. */
  static String compare(Kernels kernels, WorkPool pool) {
    Network network =
        Network.input(13, 11, 5)
            .then("conv", Conv2d.of(37, 3).withPadding(Padding.SAME))
            .then("norm", BatchNorm2d.standard())
            .then("relu", new Relu())
            .then("down", Conv2d.of(19, 3).withStride(2))
            .build();
    float[][] expected = pass(network, new ScalarKernels(), pool);
    float[][] got = pass(network, kernels, pool);
    String[] names = {"output", "gradient"};
    for (int i = 0; i < names.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        if (Float.floatToRawIntBits(expected[i][j]) != Float.floatToRawIntBits(got[i][j])) {
          return "element %s of a convolution's %s is %s, scalar %s"
              .formatted(j, names[i], got[i][j], expected[i][j]);
        }
      }
    }
    return PixelCheck.compare(kernels);
  }

  /** Output and gradient of one training pass. */
  private static float[][] pass(Network network, Kernels kernels, WorkPool pool) {
    Execution execution = Execution.training(network, SAMPLES, kernels, pool);
    RandomStream random = new RandomStream(1, Purpose.INITIALISATION);
    Noise.fill(execution.input(), random);
    execution.load(network.layout().initialState(1));
    Pass pass = new Pass(SAMPLES).training(SAMPLES, 1, 0, new int[SAMPLES], 0);
    execution.forward(pass);
    Noise.fill(execution.outputGradient(), random);
    float[] gradient = new float[network.layout().length()];
    execution.backward(pass, gradient);
    return new float[][] {interior(execution.output()), gradient};
  }

  private static float[] interior(Tensor tensor) {
    int length = tensor.runLength(tensor.capacity());
    float[] values = new float[tensor.runs(tensor.capacity()) * length];
    for (int run = 0; run * length < values.length; run++) {
      System.arraycopy(tensor.data(), tensor.runStart(run), values, run * length, length);
    }
    return values;
  }

  private static double measure(Kernels kernels, WorkPool pool) {
    Network network =
        Network.input(28, 28, 64).then("conv", Conv2d.of(64, 3).withPadding(Padding.SAME)).build();
    Execution execution = Execution.inference(network, BATCH, kernels, pool);
    Noise.fill(execution.input(), new RandomStream(1, Purpose.INITIALISATION));
    execution.load(network.layout().initialState(1));
    Pass pass = new Pass(BATCH).inference(BATCH);
    passesWithin(execution, pass, WARM_UP_NANOS);
    long multiplyAdds = LayerFigures.of(network).get(0).multiplyAdds();
    return 2.0 * multiplyAdds * BATCH * passesWithin(execution, pass, MEASURED_NANOS) / 1e9;
  }

  /** Passes a second, over at least the given time. */
  private static double passesWithin(Execution execution, Pass pass, long nanos) {
    long start = System.nanoTime();
    long now = start;
    int passes = 0;
    while (now - start < nanos) {
      execution.forward(pass);
      passes++;
      now = System.nanoTime();
    }
    return passes / ((now - start) / 1e9);
  }
}
