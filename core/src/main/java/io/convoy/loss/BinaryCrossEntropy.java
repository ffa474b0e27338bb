package io.convoy.loss;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.function.Supplier;

/**
 * Binary cross-entropy of logits: each of K outputs z tells by itself whether the sample is of its
 * class, one class against all others. The mean over the outputs, summed over samples:
 *
 * <pre>
 *   y[c] = (1 - s) t[c] + s / K
 *   loss = sum over samples of 1/K · sum over c of
 *              - w[c] y[c] log σ(z[c]) - (1 - y[c]) log(1 - σ(z[c]))
 *        = sum over samples of 1/K · sum over c of
 *              (z[c] &lt; 0 ? -w[c] y[c] : 1 - y[c]) z[c] + v[c] log(1 + exp(-|z[c]|))
 *   dz[c] = (v[c] σ(z[c]) - w[c] y[c]) / K,   where v[c] = 1 + (w[c] - 1) y[c]
 * </pre>
 *
 * <p>t is 1 for the class of a label, 0 for others; of a {@link io.convoy.targets.LabelMix} the
 * weight of each part, so that {@link io.convoy.targets.LabelMix#ofLabels} is several labels at
 * once; and of a {@link io.convoy.targets.DenseTarget} its numbers. As in PyTorch ({@code
 * BCEWithLogitsLoss}), positive weights leave the weight of a sample at 1. Label smoothing is that
 * of cross-entropy, as image classifiers are trained with it (Wightman et al. 2021).
 *
 * @param labelSmoothing s in [0, 1), by default 0
 * @param positiveWeights w, one a class, at least 0; null, the default, for 1 each. Above 1, missed
 *     positives cost more
 */
public record BinaryCrossEntropy(
    float labelSmoothing, @JsonInclude(JsonInclude.Include.NON_NULL) ClassWeights positiveWeights)
    implements Loss {
  /** Without smoothing and weights: what evaluation takes of images with several labels. */
  public static final BinaryCrossEntropy PLAIN = new BinaryCrossEntropy(0, null);

  public BinaryCrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw ConvoyException.usage(
          "binaryCrossEntropy: labelSmoothing must lie in [0, 1); got %s", labelSmoothing);
    }
  }

  @JsonCreator
  static BinaryCrossEntropy parse(
      @JsonProperty("labelSmoothing") float labelSmoothing,
      @JsonProperty("positiveWeights") ClassWeights positiveWeights) {
    return new BinaryCrossEntropy(labelSmoothing, positiveWeights);
  }

  @Override
  public void requireFits(Shape output) {
    Outputs.requireVector("binaryCrossEntropy", output);
    ClassWeights.requireFit(
        positiveWeights, "binaryCrossEntropy: positiveWeights", output.channels());
  }

  @Override
  public boolean takesSeveralLabels() {
    return true;
  }

  @Override
  public BinaryCrossEntropy trainedOn(Supplier<ClassCounts> counts) {
    return new BinaryCrossEntropy(
        labelSmoothing, ClassWeights.known(positiveWeights, ClassWeights::oddsAgainst, counts));
  }

  @Override
  public Criterion criterion(Shape output) {
    requireFits(output);
    return new BinaryCriterion(this, ClassWeights.array(positiveWeights, output.channels()));
  }
}
