package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.rearrangement.ChannelMapOperation;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some channels of the input, in any order:
 *
 * <pre>
 *   y[.., c] = x[.., channels[c]]
 * </pre>
 *
 * <p>Shapes: input {@code [H, W, C]} or {@code [C]}, output {@code [H, W, channels.size()]} or
 * {@code [channels.size()]}.
 *
 * @param channels from 0 to C - 1, at least one; a channel may come more than once
 */
public record SelectChannels(List<Integer> channels) implements Layer {
  public SelectChannels {
    channels = List.copyOf(channels);
    if (channels.isEmpty() || channels.stream().anyMatch(channel -> channel < 0)) {
      throw ConvoyException.usage(
          "selectChannels: channels must name at least one, each at least 0; got %s", channels);
    }
  }

  @JsonCreator
  static SelectChannels parse(
      @JsonProperty(value = "channels", required = true) List<Integer> channels) {
    return new SelectChannels(channels);
  }

  /** Neighbouring channels. */
  public static SelectChannels range(int from, int until) {
    return new SelectChannels(IntStream.range(from, until).boxed().toList());
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.single("selectChannels", inputs);
    for (int channel : channels) {
      if (channel >= input.channels()) {
        throw ConvoyException.usage(
            "selectChannels: channels must lie in [0, %d), for an input of %s; got %d",
            input.channels(), input, channel);
      }
    }
    return Inputs.withChannels(input, channels.size());
  }

  @Override
  public Operation bind(Binding binding) {
    int[] from = channels.stream().mapToInt(Integer::intValue).toArray();
    return new ChannelMapOperation(from, binding);
  }
}
