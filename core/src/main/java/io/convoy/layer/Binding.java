package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;
import java.util.List;

/**
 * What an operation works with: planned once, by the network.
 *
 * @param index the layer's place in the network, from 0: tells apart the random numbers of layers
 * @param inputs the activations that it reads
 * @param output the activations that it writes
 * @param inputGradients what backward writes, one for each input; null where nobody needs it
 * @param outputGradient what backward reads; null for inference
 * @param offsets where the layer's parameters start in the state vector
 * @param arena where scratch memory comes from
 */
public record Binding(
    int index,
    List<Tensor> inputs,
    Tensor output,
    Tensor[] inputGradients,
    Tensor outputGradient,
    int[] offsets,
    Kernels kernels,
    WorkPool pool,
    Arena arena) {

  public Tensor input() {
    return inputs.get(0);
  }

  /** The gradient of the only input; null where nobody needs it. */
  public Tensor inputGradient() {
    return inputGradients == null ? null : inputGradients[0];
  }

  /** Whether a backward pass will come. */
  public boolean training() {
    return outputGradient != null;
  }
}
