package io.convoy.loss;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.function.Supplier;

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
 * <p>Classes may have weights w, and terms that are right already may count less, by the focus g
 * (focal loss, Lin et al. 2017, equations 4 and 5):
 *
 * <pre>
 *   p    = softmax(z),  f[c] = (1 - p[c])^g
 *   loss = sum over samples of - sum over c of w[c] q[c] f[c] log p[c]
 *   h[c] = w[c] q[c] f[c] (g p[c] log(p[c]) / (1 - p[c]) - 1)
 *   dz[c] = h[c] - p[c] · sum over k of h[k]
 *   weight of a sample = w[t]; of a mix the mean of w over its parts, by their weights
 * </pre>
 *
 * <p>As in PyTorch, smoothed terms have the weights of their own classes, and the mean over a batch
 * is divided by the summed weights of the true classes.
 *
 * @param labelSmoothing s in [0, 1), by default 0
 * @param classWeights w, one a class, at least 0; null, the default, for 1 each
 * @param focalGamma g, finite and at least 0; 0, the default, for cross-entropy
 */
public record SoftmaxCrossEntropy(
    float labelSmoothing,
    @JsonInclude(JsonInclude.Include.NON_NULL) ClassWeights classWeights,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) float focalGamma)
    implements Loss {
  /** Without smoothing: what training takes by default, and evaluation always. */
  public static final SoftmaxCrossEntropy PLAIN = new SoftmaxCrossEntropy(0);

  public SoftmaxCrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw ConvoyException.usage(
          "softmaxCrossEntropy: labelSmoothing must lie in [0, 1); got %s", labelSmoothing);
    }
    if (!(focalGamma >= 0 && Float.isFinite(focalGamma))) {
      throw ConvoyException.usage(
          "softmaxCrossEntropy: focalGamma must be at least 0; got %s", focalGamma);
    }
  }

  /** Of classes that all count alike. */
  public SoftmaxCrossEntropy(float labelSmoothing) {
    this(labelSmoothing, null, 0);
  }

  @JsonCreator
  static SoftmaxCrossEntropy parse(
      @JsonProperty("labelSmoothing") float labelSmoothing,
      @JsonProperty("classWeights") ClassWeights classWeights,
      @JsonProperty("focalGamma") float focalGamma) {
    return new SoftmaxCrossEntropy(labelSmoothing, classWeights, focalGamma);
  }

  @Override
  public void requireFits(Shape output) {
    Outputs.requireVector("softmaxCrossEntropy", output);
    ClassWeights.requireFit(classWeights, "softmaxCrossEntropy: classWeights", output.channels());
  }

  @Override
  public SoftmaxCrossEntropy trainedOn(Supplier<ClassCounts> counts) {
    return new SoftmaxCrossEntropy(
        labelSmoothing, ClassWeights.known(classWeights, ClassWeights::alike, counts), focalGamma);
  }

  @Override
  public Criterion criterion(Shape output) {
    requireFits(output);
    return classWeights == null && focalGamma == 0
        ? new SoftmaxCriterion(this, output.channels())
        : new FocalCriterion(this, output.channels());
  }
}
