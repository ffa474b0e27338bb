package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.rearrangement.ChannelMapOperation;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * Channels of zeros before and behind those of the input, as the shortcut of option A adds them
 * (He, Zhang, Ren, Sun 2015, "Deep Residual Learning for Image Recognition", section 3.3).
 *
 * <p>Shapes: input {@code [H, W, C]} or {@code [C]}, output {@code [H, W, before + C + after]} or
 * {@code [before + C + after]}.
 *
 * @param before at least 0, by default none
 * @param after at least 0, by default none
 */
public record PadChannels(int before, int after) implements Layer {
  public PadChannels {
    if (before < 0 || after < 0) {
      throw ConvoyException.usage(
          "padChannels: before and after must be at least 0; got %d and %d", before, after);
    }
  }

  @JsonCreator
  static PadChannels parse(
      @JsonProperty("before") Integer before, @JsonProperty("after") Integer after) {
    return new PadChannels(before == null ? 0 : before, after == null ? 0 : after);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.single("padChannels", inputs);
    return Inputs.withChannels(
        input, Math.addExact(before, Math.addExact(input.channels(), after)));
  }

  @Override
  public Operation bind(Binding binding) {
    int[] from = new int[binding.output().shape().channels()];
    Arrays.fill(from, ChannelMapOperation.ZERO);
    for (int c = 0; c < binding.input().shape().channels(); c++) {
      from[before + c] = c;
    }
    return new ChannelMapOperation(from, binding);
  }
}
