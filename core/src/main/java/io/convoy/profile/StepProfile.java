package io.convoy.profile;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;

/**
 * A training step layer by layer, beside what the machine can do.
 *
 * @param kernels "simd" or "scalar"
 * @param lanes of the kernels
 * @param threads that have computed
 * @param limits measured just before
 * @param step the step
 */
public record StepProfile(
    String kernels, int lanes, int threads, MachineLimits limits, LayerTimes step) {
  /**
   * Measures, for some seconds.
   *
   * @param most samples at the most, at least 1
   * @param batch samples of a batch
   * @throws io.convoy.error.ConvoyException as {@link LayerTimes#of}
   */
  public static StepProfile of(
      Network network,
      ConvolutionAlgorithm convolution,
      int most,
      int batch,
      Kernels kernels,
      WorkPool pool) {
    MachineLimits limits = MachineLimits.of(kernels, pool);
    LayerTimes step = LayerTimes.of(network, convolution, most, batch, kernels, pool);
    return new StepProfile(kernels.name(), kernels.lanes(), pool.threads(), limits, step);
  }
}
