package io.convoy.layer;

import io.convoy.init.Initializer;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * One array of a layer's state.
 *
 * @param name the field's own name within the layer: {@code weight}, {@code bias}, {@code
 *     running_mean}, {@code running_var}
 * @param shape the canonical shape: OIHW, [out, in] or [channels]
 * @param role what it is to the optimizer and to the exchange
 * @param initializer where it starts
 * @param fanIn inputs that one output sums over
 * @param fanOut outputs that one input goes to
 */
public record Parameter(
    String name, Shape shape, Role role, Initializer initializer, long fanIn, long fanOut) {

  /** A factor for each channel, from 1, and perhaps an offset, from 0. */
  static List<Parameter> scale(int channels, boolean bias) {
    Shape shape = Shape.of(channels);
    Parameter weight = new Parameter("weight", shape, Role.BIAS, Initializer.ONES, 1, 1);
    return bias
        ? List.of(weight, new Parameter("bias", shape, Role.BIAS, Initializer.ZEROS, 1, 1))
        : List.of(weight);
  }

  /** What a parameter is to the optimizer and to the exchange. */
  public enum Role {
    /** A weight of a convolution or dense layer; weight decay applies. */
    WEIGHT(true),
    /** A bias, or scale and shift of a normalisation: no weight decay by default. */
    BIAS(true),
    /** A running mean, followed at once by its {@link #RUNNING_VARIANCE}. */
    RUNNING_MEAN(false),
    RUNNING_VARIANCE(false);

    private final boolean trained;

    Role(boolean trained) {
      this.trained = trained;
    }

    /** Whether the optimizer moves it. Moving averages follow the batch's statistics instead. */
    public boolean trained() {
      return trained;
    }
  }
}
