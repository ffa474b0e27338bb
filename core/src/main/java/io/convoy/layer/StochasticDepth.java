package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ChannelDropoutOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Stochastic depth (Huang, Sun, Liu, Sedra, Weinberger 2016): at the end of a residual branch, in
 * training all of a sample is zero with probability {@code rate}, so that the shortcut alone
 * remains, and else divided by {@code 1 - rate}; in inference it passes through. What is dropped is
 * a function of (seed, layer, epoch, sample). Any shape.
 *
 * @param rate in [0, 1)
 */
public record StochasticDepth(float rate) implements Layer {
  private static final String NAME = "stochasticDepth";

  public StochasticDepth {
    Inputs.requireRate(NAME, rate);
  }

  @JsonCreator
  static StochasticDepth parse(@JsonProperty(value = "rate", required = true) float rate) {
    return new StochasticDepth(rate);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single(NAME, inputs);
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public Operation bind(Binding binding) {
    return new ChannelDropoutOperation(rate, true, binding);
  }
}
