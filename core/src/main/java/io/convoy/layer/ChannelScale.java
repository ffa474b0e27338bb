package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.elementwise.ChannelScaleOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * A trained factor for each channel, and an offset:
 *
 * <pre>
 *   y[.., c] = weight[c] x[.., c] + bias[c]
 * </pre>
 *
 * <p>Behind a pooling it is the subsampling of LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998,
 * section II.B); other tools call it scale.
 *
 * <p>Shapes: any input and output; weight and bias {@code [C]}.
 *
 * @param bias whether there is an offset, by default yes
 */
public record ChannelScale(boolean bias) implements Layer {
  @JsonCreator
  static ChannelScale parse(@JsonProperty("bias") Boolean bias) {
    return new ChannelScale(bias == null || bias);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single("channelScale", inputs);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    return Parameter.scale(inputs.get(0).channels(), bias);
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
    return new ChannelScaleOperation(bias, binding);
  }
}
