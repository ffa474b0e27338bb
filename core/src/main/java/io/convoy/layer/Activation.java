package io.convoy.layer;

import io.convoy.json.Families;
import io.convoy.tensor.Shape;
import java.util.List;

/** A layer that maps each element by itself. Any shape; the output has that of the input. */
public sealed interface Activation extends Layer
    permits Elu,
        Gelu,
        HardSigmoid,
        HardSwish,
        HardTanh,
        LeakyRelu,
        Relu,
        Relu6,
        ScaledTanh,
        Selu,
        Sigmoid,
        Silu,
        Tanh {
  @Override
  default Shape outputShape(List<Shape> inputs) {
    return Inputs.single(Families.name(getClass()), inputs);
  }

  /** By default the derivative follows from the output: so the input's memory is free again. */
  @Override
  default Kept kept() {
    return Kept.OUTPUT;
  }

  @Override
  default boolean inPlace() {
    return true;
  }

  @Override
  default Following follows() {
    return Following.IN_PLACE;
  }
}
