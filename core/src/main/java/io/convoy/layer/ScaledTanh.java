package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * The squashing function of LeNet-5, {@code y = scale tanh(slope x)} (LeCun, Bottou, Bengio,
 * Haffner 1998, equation 6 and appendix A): it maps 1 to 1, and -1 to -1. Any shape.
 *
 * @param scale above 0, 1.7159 by default
 * @param slope above 0, 2/3 by default
 */
public record ScaledTanh(float scale, float slope) implements Activation {
  public ScaledTanh {
    if (!(scale > 0 && slope > 0) || !Float.isFinite(scale + slope)) {
      throw ConvoyException.usage(
          "scaledTanh: scale and slope must be above 0; got %s and %s", scale, slope);
    }
  }

  @JsonCreator
  static ScaledTanh parse(@JsonProperty("scale") Float scale, @JsonProperty("slope") Float slope) {
    return new ScaledTanh(scale == null ? 1.7159f : scale, slope == null ? 2 / 3f : slope);
  }

  /** As in the paper. */
  public static ScaledTanh standard() {
    return parse(null, null);
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.scaledTanh(scale, slope, binding);
  }
}
