package io.convoy.layer;

import io.convoy.tensor.Tensor;
import java.util.List;

/** The operation of {@link Conv2d} and of {@link Linear}. */
final class Convolution implements Operation {
  private final Binding binding;
  private final boolean biased;
  private final ConvolutionPass forward;
  private final BlockedGradient weightGradient;
  private final BlockedGradient biasGradient;
  private final List<ConvolutionPass> backward;
  private Epilogue epilogue;
  private float[] state;

  Convolution(ConvolutionGeometry geometry, boolean biased, Binding binding) {
    this.binding = binding;
    this.biased = biased;
    Correlation pass = geometry.forward(binding.input(), binding.output());
    forward = geometry.forwardPass(pass, binding);
    if (!binding.training()) {
      weightGradient = null;
      biasGradient = null;
      backward = List.of();
      return;
    }
    Tensor dy = binding.outputGradient();
    weightGradient = geometry.chooseGradient(pass, PixelGrid.all(dy), binding);
    biasGradient =
        biased
            ? new BlockedGradient(
                new BiasGradient(PixelGrid.all(dy), geometry.outChannels(), binding),
                8L * dy.shape().elements(), // an addition that waits for memory
                binding)
            : null;
    backward = binding.inputGradient() == null ? List.of() : geometry.backwardPasses(binding);
  }

  @Override
  public void load(float[] state) {
    this.state = state;
    forward.load(state, binding.offsets()[0]);
    for (ConvolutionPass back : backward) {
      back.load(state, binding.offsets()[0]);
    }
  }

  @Override
  public void end(Epilogue epilogue) {
    this.epilogue = epilogue;
  }

  @Override
  public void forward(Pass pass) {
    float[] bias = biased ? state : null;
    int offset = biased ? binding.offsets()[1] : 0;
    boolean ends = epilogue != null && epilogue.in(pass);
    forward.run(pass.samples(), bias, offset, ends ? epilogue : null);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    weightGradient.run(pass, gradient, binding.offsets()[0]);
    if (biased) {
      biasGradient.run(pass, gradient, binding.offsets()[1]);
    }
    for (ConvolutionPass back : backward) {
      back.run(pass.samples(), null, 0, null);
    }
  }
}
