package io.convoy.loss;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Cross-entropy of the softmax of logits z with the true class t, of K classes, summed (not
 * averaged) over samples; with label smoothing s (Szegedy et al. 2016, section 7) the target is the
 * true class but for a share s that is spread evenly over all K:
 *
 * <pre>
 *   q[c] = (1 - s) (c == t ? 1 : 0) + s / K
 *   loss = sum over samples of - sum over c of q[c] log softmax(z)[c]
 *        = sum over samples of log(sum over c of exp(z[c] - max z))
 *              + (1 - s) (max z - z[t]) + s / K · sum over c of (max z - z[c])
 *   dz[c] = exp(z[c] - max z) / sum - q[c]
 * </pre>
 *
 * <p>Of a {@link io.convoy.targets.LabelMix} it is the sum over the parts, each by its weight.
 *
 * @param labelSmoothing s in [0, 1), by default 0
 */
public record SoftmaxCrossEntropy(float labelSmoothing) implements Loss {
  /** Without smoothing: what training takes by default, and evaluation always. */
  public static final SoftmaxCrossEntropy PLAIN = new SoftmaxCrossEntropy(0);

  public SoftmaxCrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw ConvoyException.usage(
          "softmaxCrossEntropy: labelSmoothing must lie in [0, 1); got %s", labelSmoothing);
    }
  }

  @JsonCreator
  static SoftmaxCrossEntropy parse(@JsonProperty("labelSmoothing") Float labelSmoothing) {
    return labelSmoothing == null ? PLAIN : new SoftmaxCrossEntropy(labelSmoothing);
  }

  @Override
  public List<String> figures() {
    return List.of(CORRECT);
  }

  @Override
  public Criterion criterion(Shape output) {
    if (!output.isVector()) {
      throw ConvoyException.usage(
          "softmaxCrossEntropy takes a vector of one logit a class; the output is %s", output);
    }
    return new SoftmaxCriterion(this, output.channels());
  }
}
