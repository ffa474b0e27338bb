package io.convoy.operation.convolution;

import io.convoy.operation.Binding;
import io.convoy.operation.Epilogue;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.ConvolutionPass;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.gradient.BlockedGradient;
import io.convoy.tensor.Tensor;
import java.util.List;

/** A convolution or a dense layer, in the ways that {@link ConvolutionChoice} picks for it. */
public final class ConvolutionOperation implements Operation {
  private final Binding binding;
  private final boolean biased;
  private final ConvolutionPass forward;
  private final BlockedGradient weightGradient;
  private final BlockedGradient biasGradient;
  private final List<ConvolutionPass> backward;
  private Epilogue epilogue;
  private float[] state;

  public ConvolutionOperation(ConvolutionGeometry geometry, boolean biased, Binding binding) {
    this.binding = binding;
    this.biased = biased;
    Correlation pass = geometry.forward(binding.input(), binding.output());
    ConvolutionChoice choice = new ConvolutionChoice(geometry, binding);
    forward = choice.forward(pass);
    Tensor dy = binding.outputGradient();
    weightGradient = binding.training() ? choice.weightGradient(pass, PixelGrid.all(dy)) : null;
    biasGradient =
        binding.training() && biased
            ? new BlockedGradient(
                new BiasGradient(PixelGrid.all(dy), geometry.outChannels(), binding),
                8L * dy.shape().elements(), // an addition that waits for memory
                binding)
            : null;
    backward = binding.inputGradient() == null ? List.of() : choice.backward();
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
    if (weightGradient != null) {
      weightGradient.run(pass, gradient, binding.offsets()[0]);
    }
    if (biasGradient != null) {
      biasGradient.run(pass, gradient, binding.offsets()[1]);
    }
    for (ConvolutionPass back : backward) {
      back.run(pass.samples(), null, 0, null);
    }
  }
}
