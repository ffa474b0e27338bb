package io.convoy.inference;

import io.convoy.data.augment.Standardization;
import io.convoy.execution.Execution;
import io.convoy.feed.SampleInput;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Pass;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network's forward pass over samples that were written as the standardisation says: the one way
 * from pixels to outputs. What comes out for a sample depends on it and the weights alone, not by a
 * bit on the other samples of the pass, on their number, or on threads. One thread at a time.
 */
final class ForwardPass {
  private final Execution execution;
  private final List<Tensor> outputs;
  private final SampleInput input;
  private final Pass pass;

  /**
   * Takes the memory, and the weights.
   *
   * @param state the weights and moving averages, in the network's layout; not copied
   * @param capacity samples of a pass at the most
   * @param pool whose threads compute, with the thread that calls this
   * @throws io.convoy.error.ConvoyException of kind RESOURCE where subnormal numbers are lost
   */
  ForwardPass(
      Network network,
      ConvolutionAlgorithm convolution,
      float[] state,
      Standardization standardization,
      int capacity,
      Kernels kernels,
      WorkPool pool) {
    Subnormals.require(kernels, pool);
    execution = Execution.inference(network, capacity, convolution, kernels, pool);
    execution.load(state);
    outputs = IntStream.range(0, network.outputs().size()).mapToObj(execution::output).toList();
    input = new SampleInput(execution.input(), standardization, kernels, pool);
    pass = new Pass(capacity);
  }

  /** Where samples are to be written, by a {@code SampleWriter}. */
  Tensor samples() {
    return input.samples();
  }

  /** Computes the outputs of the first samples. */
  void run(int samples) {
    input.finish(samples);
    execution.forward(pass.inference(samples));
  }

  /** The outputs of the last pass, in the network's order. */
  List<Tensor> outputs() {
    return outputs;
  }
}
