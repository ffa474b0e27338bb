package io.convoy.layer;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.normalization.SoftmaxOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The logarithm of the {@link Softmax} over the channels of each pixel:
 *
 * <pre>
 *   y[.., c] = x[.., c] - log(sum over i of exp(x[.., i]))
 * </pre>
 *
 * <p>The largest input is taken away first, so that no exponential overflows. A network that is
 * trained by cross-entropy ends in logits: that loss has a softmax of its own.
 *
 * <p>Shapes: any input and output.
 */
public record LogSoftmax() implements Layer {
  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single("logSoftmax", inputs);
  }

  @Override
  public Kept kept() {
    return Kept.OUTPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return new SoftmaxOperation(true, binding);
  }
}
