package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.normalization.GroupNormalizationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Group normalisation (Wu, He 2018, equations 1 to 3, 7): per sample and group of neighbouring
 * channels
 *
 * <pre>
 *   y[h, w, c] = (x[h, w, c] - mean) / sqrt(variance + epsilon) * weight[c] + bias[c]
 * </pre>
 *
 * with the mean and the biased variance over all pixels of the group's channels. Training and
 * inference do the same. With one group it is layer normalisation over a whole image.
 *
 * <p>Shapes: input and output {@code [H, W, C]}; weight and bias {@code [C]}.
 *
 * @param groups at least 1; they divide C
 * @param epsilon in (0, 1), 1e-5 by default
 * @param affine whether there are weight and bias, by default yes
 */
public record GroupNorm(int groups, float epsilon, boolean affine) implements Layer {
  public GroupNorm {
    if (groups < 1) {
      throw ConvoyException.usage("groupNorm: groups must be at least 1; got %d", groups);
    }
    Inputs.requireEpsilon("groupNorm", epsilon);
  }

  @JsonCreator
  static GroupNorm parse(
      @JsonProperty(value = "groups", required = true) int groups,
      @JsonProperty("epsilon") Float epsilon,
      @JsonProperty("affine") Boolean affine) {
    return new GroupNorm(groups, epsilon == null ? 1e-5f : epsilon, affine == null || affine);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.image("groupNorm", inputs);
    if (input.channels() % groups != 0) {
      throw ConvoyException.usage(
          "groupNorm: groups must divide the input's channels; got groups %d, input %s",
          groups, input);
    }
    return input;
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    return affine ? Parameter.scale(inputs.get(0).channels(), true) : List.of();
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return new GroupNormalizationOperation(groups, epsilon, affine, binding);
  }
}
