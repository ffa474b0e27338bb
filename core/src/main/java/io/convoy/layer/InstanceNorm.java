package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.normalization.GroupNormalizationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Instance normalisation (Ulyanov, Vedaldi, Lempitsky 2016, equation 4): each channel of each
 * sample by its own mean and biased variance over all pixels,
 *
 * <pre>
 *   y[h, w, c] = (x[h, w, c] - mean[c]) / sqrt(variance[c] + epsilon) * weight[c] + bias[c]
 * </pre>
 *
 * <p>Shapes: input and output {@code [H, W, C]}; weight and bias {@code [C]}.
 *
 * @param epsilon in (0, 1), 1e-5 by default
 * @param affine whether there are weight and bias, by default no, as in PyTorch
 */
public record InstanceNorm(float epsilon, boolean affine) implements Layer {
  public InstanceNorm {
    Inputs.requireEpsilon("instanceNorm", epsilon);
  }

  @JsonCreator
  static InstanceNorm parse(
      @JsonProperty("epsilon") Float epsilon, @JsonProperty("affine") Boolean affine) {
    return new InstanceNorm(epsilon == null ? 1e-5f : epsilon, affine != null && affine);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.image("instanceNorm", inputs);
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
    int groups = binding.input().shape().channels();
    return new GroupNormalizationOperation(groups, epsilon, affine, binding);
  }
}
