package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.init.Constant;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.PReluOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The parametric rectifier (He, Zhang, Ren, Sun 2015, "Delving Deep into Rectifiers", equation 1),
 * with a trained slope a for negative inputs:
 *
 * <pre>
 *   y[.., c] = x[.., c] > 0 ? x[.., c] : a[c] x[.., c]
 * </pre>
 *
 * <p>Shapes: any input and output; weight {@code [C]}, or {@code [1]} where it is shared. Weight
 * decay leaves the slopes alone, as in the paper.
 *
 * @param shared whether all channels share one slope, by default no
 * @param initial where slopes start, 0.25 by default
 */
public record PRelu(boolean shared, float initial) implements Layer {
  private static final String NAME = "pRelu";

  public PRelu {
    if (!Float.isFinite(initial)) {
      throw ConvoyException.usage("pRelu: initial must be a finite number; got %s", initial);
    }
  }

  @JsonCreator
  static PRelu parse(
      @JsonProperty("shared") Boolean shared, @JsonProperty("initial") Float initial) {
    return new PRelu(shared != null && shared, initial == null ? 0.25f : initial);
  }

  /** A slope for each channel, from 0.25. */
  public static PRelu standard() {
    return parse(null, null);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single(NAME, inputs);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    Shape slopes = Shape.of(shared ? 1 : inputs.get(0).channels());
    return List.of(
        new Parameter("weight", slopes, Parameter.Role.BIAS, new Constant(initial), 1, 1));
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public Operation bind(Binding binding) {
    return new PReluOperation(shared, binding);
  }
}
