package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.DropoutOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Inverted dropout (Srivastava et al. 2014): in training each element is zero with probability
 * {@code rate} and else divided by {@code 1 - rate}; in inference it passes through. What is
 * dropped is a function of (seed, layer, epoch, sample, element). Any shape.
 *
 * @param rate in [0, 1)
 */
public record Dropout(float rate) implements Layer {
  public Dropout {
    Inputs.requireRate("dropout", rate);
  }

  @JsonCreator
  static Dropout parse(@JsonProperty(value = "rate", required = true) float rate) {
    return new Dropout(rate);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single("dropout", inputs);
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public Operation bind(Binding binding) {
    return new DropoutOperation(rate, binding);
  }
}
