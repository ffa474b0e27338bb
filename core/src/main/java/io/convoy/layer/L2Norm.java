package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.normalization.UnitLengthOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The channels of each pixel at unit length:
 *
 * <pre>
 *   y[.., c] = x[.., c] / max(sqrt(sum over i of x[.., i]²), epsilon)
 * </pre>
 *
 * <p>Shapes: any input and output.
 *
 * @param epsilon above 0, 1e-12 by default
 */
public record L2Norm(float epsilon) implements Layer {
  public L2Norm {
    Inputs.requireEpsilon("l2Norm", epsilon);
  }

  @JsonCreator
  static L2Norm parse(@JsonProperty("epsilon") Float epsilon) {
    return new L2Norm(epsilon == null ? 1e-12f : epsilon);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single("l2Norm", inputs);
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return new UnitLengthOperation(epsilon, binding);
  }
}
