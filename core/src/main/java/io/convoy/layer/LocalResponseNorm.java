package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.normalization.LocalResponseOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Local response normalisation across channels (Krizhevsky, Sutskever, Hinton 2012, section 3.3):
 *
 * <pre>
 *   y[h, w, c] = x[h, w, c] / (k + alpha / size · sum over j of x[h, w, j]²)^beta
 * </pre>
 *
 * with j from c - (size - 1) / 2 to c + (size - 1) / 2, as far as there are channels. Alpha is
 * divided by the size, as in PyTorch, ONNX and Caffe. The paper does not divide it: its alpha of
 * 1e-4 is 5e-4 here.
 *
 * <p>Shapes: any input and output.
 *
 * @param size channels of a sum, odd, 5 by default
 * @param alpha at least 0, 1e-4 by default
 * @param beta at least 0, 0.75 by default
 * @param k above 0, 1 by default; the paper has 2
 */
public record LocalResponseNorm(int size, float alpha, float beta, float k) implements Layer {
  private static final String NAME = "localResponseNorm";

  public LocalResponseNorm {
    if (size < 1 || size % 2 == 0) {
      throw ConvoyException.usage(
          "localResponseNorm: size must be odd and at least 1, since tools differ on the middle of"
              + " an even one; got %d",
          size);
    }
    if (!(alpha >= 0 && beta >= 0 && k > 0) || !Float.isFinite(alpha + beta + k)) {
      throw ConvoyException.usage(
          "localResponseNorm: alpha and beta must be at least 0, k above 0; got alpha %s, beta %s,"
              + " k %s",
          alpha, beta, k);
    }
  }

  @JsonCreator
  static LocalResponseNorm parse(
      @JsonProperty("size") Integer size,
      @JsonProperty("alpha") Float alpha,
      @JsonProperty("beta") Float beta,
      @JsonProperty("k") Float k) {
    return new LocalResponseNorm(
        size == null ? 5 : size,
        alpha == null ? 1e-4f : alpha,
        beta == null ? 0.75f : beta,
        k == null ? 1f : k);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Inputs.single(NAME, inputs);
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return new LocalResponseOperation(size, alpha, beta, k, binding);
  }
}
