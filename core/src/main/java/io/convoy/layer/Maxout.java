package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.pooling.MaxoutOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * The maximum over neighbouring channels (Goodfellow, Warde-Farley, Mirza, Courville, Bengio 2013,
 * "Maxout Networks", section 2):
 *
 * <pre>
 *   y[.., c] = max over i in [0, pieces) of x[.., c pieces + i]
 * </pre>
 *
 * <p>Of equal maxima the first has the gradient.
 *
 * <p>Shapes: input {@code [H, W, C]} or {@code [C]}, output {@code [H, W, C / pieces]} or {@code [C
 * / pieces]}.
 *
 * @param pieces channels that share a maximum, at least 1; they divide C
 */
public record Maxout(int pieces) implements Layer {
  public Maxout {
    if (pieces < 1) {
      throw ConvoyException.usage("maxout: pieces must be at least 1; got %d", pieces);
    }
  }

  @JsonCreator
  static Maxout parse(@JsonProperty(value = "pieces", required = true) int pieces) {
    return new Maxout(pieces);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.single("maxout", inputs);
    if (input.channels() % pieces != 0) {
      throw ConvoyException.usage(
          "maxout: pieces must divide the input's channels; got pieces %d, input %s",
          pieces, input);
    }
    return Inputs.withChannels(input, input.channels() / pieces);
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return new MaxoutOperation(pieces, binding);
  }
}
