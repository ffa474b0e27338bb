package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ChannelDropoutOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Dropout of whole channels (Tompson, Goroshin, Jain, LeCun, Bregler 2015, section 3.3): in
 * training each channel of a sample is zero with probability {@code rate} and else divided by
 * {@code 1 - rate}; in inference it passes through. What is dropped is a function of (seed, layer,
 * epoch, sample, channel). Any shape.
 *
 * @param rate in [0, 1)
 */
public record SpatialDropout(float rate) implements Layer {
  private static final String NAME = "spatialDropout";

  public SpatialDropout {
    Inputs.requireRate(NAME, rate);
  }

  @JsonCreator
  static SpatialDropout parse(@JsonProperty(value = "rate", required = true) float rate) {
    return new SpatialDropout(rate);
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
    return new ChannelDropoutOperation(rate, false, binding);
  }
}
