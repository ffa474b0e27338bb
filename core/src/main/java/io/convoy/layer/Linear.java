package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.init.Initializer;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.convolution.ConvolutionOperation;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A dense layer, {@code y[o] = bias[o] + sum over i of x[i] * weight[o, i]}.
 *
 * <p>Shapes: input {@code [in]}, output {@code [outFeatures]}, weight {@code [outFeatures, in]},
 * bias {@code [outFeatures]}.
 *
 * @param outFeatures outputs, at least 1
 * @param bias whether a bias is added, by default yes
 * @param initializer where the weights start, {@code heNormal} by default; biases start at zero
 */
public record Linear(int outFeatures, boolean bias, Initializer initializer) implements Layer {
  private static final String NAME = "linear";

  public Linear {
    if (outFeatures < 1) {
      throw ConvoyException.usage("linear: outFeatures must be at least 1; got %d", outFeatures);
    }
  }

  @JsonCreator
  static Linear parse(
      @JsonProperty(value = "outFeatures", required = true) int outFeatures,
      @JsonProperty("bias") Boolean bias,
      @JsonProperty("initializer") Initializer initializer) {
    return new Linear(
        outFeatures,
        bias == null || bias,
        initializer == null ? Initializer.HE_NORMAL : initializer);
  }

  /** With bias. */
  public static Linear of(int outFeatures) {
    return parse(outFeatures, null, null);
  }

  public Linear withInitializer(Initializer initializer) {
    return new Linear(outFeatures, bias, initializer);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.single(NAME, inputs);
    if (!input.isVector()) {
      throw ConvoyException.usage(
          "linear takes a vector [features]; got the image %s: put a flatten layer before it",
          input);
    }
    return Shape.of(outFeatures);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int inFeatures = inputs.get(0).channels();
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        new Parameter(
            "weight",
            Shape.of(outFeatures, inFeatures),
            Parameter.Role.WEIGHT,
            initializer,
            inFeatures,
            outFeatures));
    if (bias) {
      parameters.add(
          new Parameter(
              "bias", Shape.of(outFeatures), Parameter.Role.BIAS, Initializer.ZEROS, 1, 1));
    }
    return parameters;
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    return (long) inputs.get(0).channels() * outFeatures;
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return new ConvolutionOperation(
        ConvolutionGeometry.dense(binding.input().shape(), outFeatures), bias, binding);
  }
}
