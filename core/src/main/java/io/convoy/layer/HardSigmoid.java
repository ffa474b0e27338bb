package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.FloatCoefficients;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ActivationOperation;

/**
 * Hard sigmoid, {@code y = min(max(slope x + offset, 0), 1)} (Courbariaux, Bengio, David 2015); its
 * derivative where it reaches 0 and 1 is 0. Any shape.
 *
 * @param slope above 0, 1/6 by default, as in PyTorch and MobileNetV3; ONNX and older Keras have
 *     0.2
 * @param offset 0.5 by default
 */
public record HardSigmoid(float slope, float offset) implements Activation {
  private static final float DEFAULT_OFFSET = 0.5f;

  public HardSigmoid {
    if (!(slope > 0 && slope < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("hardSigmoid: slope must be a number above 0; got %s", slope);
    }
    if (!Float.isFinite(offset)) {
      throw ConvoyException.usage("hardSigmoid: offset must be a number; got %s", offset);
    }
  }

  @JsonCreator
  static HardSigmoid parse(
      @JsonProperty("slope") Float slope, @JsonProperty("offset") Float offset) {
    return new HardSigmoid(
        slope == null ? FloatCoefficients.SIXTH : slope, offset == null ? DEFAULT_OFFSET : offset);
  }

  /** {@code (x + 3) / 6} between its ends. */
  public static HardSigmoid standard() {
    return parse(null, null);
  }

  @Override
  public Operation bind(Binding binding) {
    return ActivationOperation.ramp(slope, offset, 1f, binding);
  }
}
