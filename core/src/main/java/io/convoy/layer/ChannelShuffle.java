package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.rearrangement.ChannelMapOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Shuffles channels between groups (Zhang, Zhou, Lin, Sun 2017, "ShuffleNet", section 3.1): channel
 * i of group g goes to place i groups + g,
 *
 * <pre>
 *   y[.., i groups + g] = x[.., g (C / groups) + i]
 * </pre>
 *
 * <p>Shapes: any input and output.
 *
 * @param groups at least 1; they divide C
 */
public record ChannelShuffle(int groups) implements Layer {
  public ChannelShuffle {
    if (groups < 1) {
      throw ConvoyException.usage("channelShuffle: groups must be at least 1; got %d", groups);
    }
  }

  @JsonCreator
  static ChannelShuffle parse(@JsonProperty(value = "groups", required = true) int groups) {
    return new ChannelShuffle(groups);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.single("channelShuffle", inputs);
    if (input.channels() % groups != 0) {
      throw ConvoyException.usage(
          "channelShuffle: groups must divide the input's channels; got groups %d, input %s",
          groups, input);
    }
    return input;
  }

  @Override
  public Operation bind(Binding binding) {
    int channels = binding.input().shape().channels();
    int[] from = new int[channels];
    for (int c = 0; c < channels; c++) {
      from[c] = c % groups * (channels / groups) + c / groups;
    }
    return new ChannelMapOperation(from, binding);
  }
}
