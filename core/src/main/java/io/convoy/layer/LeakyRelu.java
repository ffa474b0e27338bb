package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The leaky rectifier, {@code y = x > 0 ? x : negativeSlope x} (Maas, Hannun, Ng 2013); its
 * derivative at 0 is negativeSlope. Any shape.
 *
 * @param negativeSlope in (0, 1), 0.01 by default
 */
public record LeakyRelu(float negativeSlope) implements Activation {
  private static final float DEFAULT_SLOPE = 0.01f;

  public LeakyRelu {
    // the derivative is told by the output's sign, so that of the slope must be known
    if (!(negativeSlope > 0 && negativeSlope < 1)) {
      throw ConvoyException.usage(
          "leakyRelu: negativeSlope must lie in (0, 1); got %s (for 0 there is relu)",
          negativeSlope);
    }
  }

  @JsonCreator
  static LeakyRelu parse(@JsonProperty("negativeSlope") Float negativeSlope) {
    return new LeakyRelu(negativeSlope == null ? DEFAULT_SLOPE : negativeSlope);
  }

  /** A slope of 0.01. */
  public static LeakyRelu standard() {
    return parse(null);
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.byOutput(
        (kernels, x, xStart, y, yStart, length) ->
            kernels.leakyRelu(x, xStart, negativeSlope, y, yStart, length),
        (kernels, y, yStart, dy, dyStart, dx, dxStart, length) ->
            kernels.leakyReluGradient(y, yStart, dy, dyStart, negativeSlope, dx, dxStart, length),
        binding);
  }
}
