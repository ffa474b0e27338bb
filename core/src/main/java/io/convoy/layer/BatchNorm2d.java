package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.init.Initializer;
import io.convoy.operation.Binding;
import io.convoy.operation.Fusion;
import io.convoy.operation.Operation;
import io.convoy.operation.normalization.BatchNormalizationOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Batch normalisation (Ioffe, Szegedy 2015, algorithms 1 and 2): per channel
 *
 * <pre>
 *   y = (x - mean) / sqrt(variance + epsilon) * weight + bias
 * </pre>
 *
 * with the mean and the biased variance over the samples and pixels of a shard in training, and the
 * moving averages in inference. Each step moves the averages once, by the statistics of the whole
 * batch: {@code running = running + momentum (batch - running)}, the variance with Bessel's
 * correction.
 *
 * <p>Shapes: input and output {@code [H, W, C]}; weight, bias, running_mean and running_var {@code
 * [C]}.
 *
 * @param epsilon above 0, 1e-5 by default
 * @param momentum the share of the new batch in the moving averages, in (0, 1], 0.1 by default
 */
public record BatchNorm2d(float epsilon, float momentum) implements Layer {
  private static final String NAME = "batchNorm2d";

  public BatchNorm2d {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw ConvoyException.usage("batchNorm2d: epsilon must lie in (0, 1); got %s", epsilon);
    }
    if (!(momentum > 0 && momentum <= 1)) {
      throw ConvoyException.usage("batchNorm2d: momentum must lie in (0, 1]; got %s", momentum);
    }
  }

  @JsonCreator
  static BatchNorm2d parse(
      @JsonProperty("epsilon") Float epsilon, @JsonProperty("momentum") Float momentum) {
    return new BatchNorm2d(epsilon == null ? 1e-5f : epsilon, momentum == null ? 0.1f : momentum);
  }

  /** Epsilon 1e-5, momentum 0.1. */
  public static BatchNorm2d standard() {
    return parse(null, null);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.image(NAME, inputs);
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    Shape channels = Shape.of(inputs.get(0).channels());
    return List.of(
        new Parameter("weight", channels, Parameter.Role.BIAS, Initializer.ONES, 1, 1),
        new Parameter("bias", channels, Parameter.Role.BIAS, Initializer.ZEROS, 1, 1),
        new Parameter(
            "running_mean", channels, Parameter.Role.RUNNING_MEAN, Initializer.ZEROS, 1, 1),
        new Parameter(
            "running_var", channels, Parameter.Role.RUNNING_VARIANCE, Initializer.ONES, 1, 1));
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  /** That of a residual, by a {@link Fusion}. */
  @Override
  public boolean addsGradient(int k) {
    return k > 0;
  }

  @Override
  public Absorption absorbs() {
    return Absorption.RESIDUAL_AND_RECTIFIER;
  }

  @Override
  public Following follows() {
    return Following.READING_OR_IN_PLACE;
  }

  @Override
  public Operation bind(Binding binding) {
    return new BatchNormalizationOperation(epsilon, binding);
  }
}
