package io.convoy.operation.convolution;

import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Fusion;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.PassKind;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.ConvolutionPass;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.gradient.BlockedGradient;
import io.convoy.tensor.Tensor;
import java.util.List;

/**
 * A convolution the other way round: its forward pass is the gradient of a convolution's input, and
 * its gradients are that convolution's forward pass and the gradient of its weights.
 */
public final class TransposedConvolutionOperation implements Operation {
  private final Binding binding;
  private final boolean biased;
  private final int outChannels;

  /** Whether the bias is left to this operation: a dense layer's gradient knows of none. */
  private final boolean addsBias;

  private final List<ConvolutionPass> forward;
  private final ConvolutionPass backward;
  private final BlockedGradient weightGradient;
  private final BlockedGradient biasGradient;
  private float[] state;

  /**
   * @param geometry of the convolution from this layer's output to its input
   */
  public TransposedConvolutionOperation(
      ConvolutionGeometry geometry, boolean biased, Binding binding) {
    this.binding = binding;
    this.biased = biased;
    outChannels = binding.output().shape().channels();
    Tensor x = binding.input();
    Tensor dy = binding.outputGradient();
    ConvolutionChoice choice = new ConvolutionChoice(geometry, turned(binding));
    forward = choice.backward();
    addsBias = biased && choice.isLargeDense();
    backward =
        binding.inputGradient() == null
            ? null
            : choice.forward(geometry.forward(dy, binding.inputGradient()));
    weightGradient =
        binding.training()
            ? choice.weightGradient(geometry.forward(dy, x), PixelGrid.all(x))
            : null;
    biasGradient =
        binding.training() && biased
            ? new BlockedGradient(
                new BiasGradient(PixelGrid.all(dy), outChannels, binding),
                8L * dy.shape().elements(), // an addition that waits for memory
                binding)
            : null;
  }

  /** The tensors as the convolution from this layer's output to its input sees them. */
  private static Binding turned(Binding binding) {
    Tensor dy = binding.outputGradient();
    return new Binding(
        PassKind.TRAINING, // in inference, too, its forward pass is one that goes backward
        binding.capacity(),
        binding.index(),
        Fusion.NONE,
        List.of(dy == null ? binding.output() : dy),
        binding.inputGradient(),
        new Tensor[] {binding.output()},
        new boolean[1],
        binding.input(),
        binding.offsets(),
        binding.convolution(),
        binding.kernels(),
        binding.pool(),
        binding.arena());
  }

  @Override
  public void load(float[] state) {
    this.state = state;
    for (ConvolutionPass pass : forward) {
      pass.load(state, binding.offsets()[0]);
    }
    if (backward != null) {
      backward.load(state, binding.offsets()[0]);
    }
  }

  @Override
  public void forward(Pass pass) {
    float[] bias = biased ? state : null;
    int offset = biased ? binding.offsets()[1] : 0;
    for (ConvolutionPass one : forward) {
      one.run(pass.samples(), bias, offset, null);
    }
    if (addsBias) {
      RowKernels rows = binding.kernels().rows();
      Tensor y = binding.output();
      for (int n = 0; n < pass.samples(); n++) {
        rows.add(bias, offset, y.data(), y.at(n, 0, 0), outChannels);
      }
    }
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (weightGradient != null) {
      weightGradient.run(pass, gradient, binding.offsets()[0]);
    }
    if (biasGradient != null) {
      biasGradient.run(pass, gradient, binding.offsets()[1]);
    }
    if (backward != null) {
      backward.run(pass.samples(), null, 0, null);
    }
  }
}
