package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.optimizer.Optimizer;

/**
 * What keeps weights small beside {@link Optimizer#weightDecay}, for any optimizer. With the mean
 * gradient g of a mini-batch, clipped, and an update's learning rate:
 *
 * <pre>
 *   g = g + l1 sign(w) + l2 w                       before the optimizer; sign(0) is 0
 *   w = w - rate decoupledDecay w                   beside the optimizer's update
 *   w_f = w_f maxNorm / |w_f|, where |w_f| &gt; maxNorm     of each filter f, after it
 * </pre>
 *
 * <p>{@code l1} alone is the lasso's penalty l1 Σ|w| (Tibshirani 1996), {@code l2} alone is weight
 * decay as the penalty l2/2 Σw², both together are the elastic net (Zou, Hastie 2005); {@code
 * decoupledDecay} is that of Loshchilov and Hutter (2019), and {@code maxNorm} the constraint of
 * Srivastava et al. (2014, section 5.1). No penalty is a part of the loss that is reported.
 *
 * <p>A filter is all the weights that one output channel, or one output of a dense layer, is made
 * with; in a transposed convolution, a filter of the convolution that it transposes. Biases and
 * normalisations are never limited.
 *
 * @param l1 at least 0; 0 by default
 * @param l2 at least 0; 0 by default
 * @param decoupledDecay at least 0; 0 by default
 * @param maxNorm the largest Euclidean norm of a filter, above 0; null, the default, for no limit
 * @param normAndBias whether the first three apply to biases and normalisations too
 */
public record RegularizationOptions(
    float l1, float l2, float decoupledDecay, Float maxNorm, boolean normAndBias) {
  public RegularizationOptions {
    notNegative("l1", l1);
    notNegative("l2", l2);
    notNegative("decoupledDecay", decoupledDecay);
    if (maxNorm != null && !(maxNorm > 0 && maxNorm < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("regularization.maxNorm must be above 0; got %s", maxNorm);
    }
  }

  @JsonCreator
  static RegularizationOptions of(
      @JsonProperty("l1") float l1,
      @JsonProperty("l2") float l2,
      @JsonProperty("decoupledDecay") float decoupledDecay,
      @JsonProperty("maxNorm") Float maxNorm,
      @JsonProperty("normAndBias") boolean normAndBias) {
    return new RegularizationOptions(l1, l2, decoupledDecay, maxNorm, normAndBias);
  }

  private static void notNegative(String key, float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("regularization.%s must be at least 0; got %s", key, value);
    }
  }

  /** Refuses weights that would decay twice. */
  void requireFits(Optimizer optimizer) {
    if (optimizer.weightDecay() > 0 && (l2 > 0 || decoupledDecay > 0)) {
      throw ConvoyException.usage(
          "weights decay by one key alone; optimizer.weightDecay is %s, regularization.l2 %s,"
              + " regularization.decoupledDecay %s: set optimizer.weightDecay to 0, or leave the"
              + " others out",
          optimizer.weightDecay(), l2, decoupledDecay);
    }
    if (l2 > 0 && decoupledDecay > 0) {
      throw ConvoyException.usage(
          "weights decay by one key alone; regularization.l2 is %s, regularization.decoupledDecay"
              + " %s: leave one of them out",
          l2, decoupledDecay);
    }
  }

  /**
   * Adds the gradient of the penalties to that of the loss.
   *
   * @param length of both, from 0 on
   */
  public void addTo(float[] gradient, float[] weights, int length) {
    if (l1 == 0 && l2 == 0) {
      return;
    }
    for (int i = 0; i < length; i++) {
      float w = weights[i];
      gradient[i] = Math.fma(l2, w, Math.fma(l1, Math.signum(w), gradient[i]));
    }
  }

  /** Takes the decoupled decay of an update from weights; 1 - rate decay in double precision. */
  public void decay(float rate, float[] weights, int length) {
    if (decoupledDecay == 0) {
      return;
    }
    float kept = (float) (1 - (double) rate * decoupledDecay);
    for (int i = 0; i < length; i++) {
      weights[i] *= kept;
    }
  }
}
