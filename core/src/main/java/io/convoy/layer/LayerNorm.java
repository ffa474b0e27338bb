package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.normalization.LayerNormalizationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Layer normalisation (Ba, Kiros, Hinton 2016, equations 3 and 4) over the channels of each pixel,
 * as in ConvNeXt and Keras; of a vector, over all its features:
 *
 * <pre>
 *   y[.., c] = (x[.., c] - mean) / sqrt(variance + epsilon) * weight[c] + bias[c]
 * </pre>
 *
 * with the mean and the biased variance over the channels. Over a whole image it is {@link
 * GroupNorm} with one group.
 *
 * <p>Shapes: any input and output; weight and bias {@code [C]}.
 *
 * @param epsilon in (0, 1), 1e-5 by default
 * @param affine whether there are weight and bias, by default yes
 */
public record LayerNorm(float epsilon, boolean affine) implements Layer {
  public LayerNorm {
    Inputs.requireEpsilon("layerNorm", epsilon);
  }

  @JsonCreator
  static LayerNorm parse(
      @JsonProperty("epsilon") Float epsilon, @JsonProperty("affine") Boolean affine) {
    return new LayerNorm(epsilon == null ? 1e-5f : epsilon, affine == null || affine);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single("layerNorm", inputs);
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
    return new LayerNormalizationOperation(epsilon, affine, binding);
  }
}
