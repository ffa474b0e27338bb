package io.convoy.operation;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;
import java.util.List;

/**
 * What an operation works with: planned once, by the network. Where a layer says that it works in
 * place, the output may be one of the inputs, and the gradient of an input that of the output.
 *
 * @param kind which passes will come
 * @param capacity what a pass may hold
 * @param index the layer's place in the network, from 0: tells apart the random numbers of layers
 * @param fusion what to compute beyond the layer's own formula
 * @param inputs the activations that it reads; a residual comes last
 * @param output the activations that it writes
 * @param inputGradients what backward writes, one for each input; null where nobody needs it
 * @param adds for each input, whether its gradient is added to what stands there; only where the
 *     layer can
 * @param outputGradient what backward reads; null for inference
 * @param offsets where the layer's parameters start in the state vector
 * @param convolution how convolutions are computed
 * @param arena where scratch memory comes from
 */
public record Binding(
    PassKind kind,
    PassCapacity capacity,
    int index,
    Fusion fusion,
    List<Tensor> inputs,
    Tensor output,
    Tensor[] inputGradients,
    boolean[] adds,
    Tensor outputGradient,
    int[] offsets,
    ConvolutionAlgorithm convolution,
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

  /** What is added to a layer's own result; null where the fusion has no residual. */
  public Tensor residual() {
    return fusion.residual() ? inputs.get(inputs.size() - 1) : null;
  }

  /** The gradient of the residual; null where there is none, or nobody needs it. */
  public Tensor residualGradient() {
    return fusion.residual() && inputGradients != null ? inputGradients[inputs.size() - 1] : null;
  }

  /** Whether a backward pass will come. */
  public boolean goesBackward() {
    return kind.goesBackward();
  }

  /** Whether parameters have gradients, and forward passes the batch's statistics. */
  public boolean training() {
    return kind.trains();
  }
}
