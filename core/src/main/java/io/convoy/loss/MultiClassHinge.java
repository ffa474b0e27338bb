package io.convoy.loss;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.function.Supplier;

/**
 * The hinge loss of several classes, as in a support vector machine (Weston and Watkins 1999): each
 * output z[c] of a wrong class is to lie by a margin m below that of the true class t. Summed over
 * samples; the squared form has the square of each term:
 *
 * <pre>
 *   h[c] = max(0, m - z[t] + z[c])                    for c other than t
 *   loss = sum over samples of w[t] · sum over c of h[c]              or h[c]²
 *   dz[c] = w[t] (h[c] &gt; 0 ? 1 : 0)                or 2 w[t] h[c]
 *   dz[t] = - sum over the other c of dz[c]
 *   weight of a sample = w[t]
 * </pre>
 *
 * <p>Of a {@link io.convoy.targets.LabelMix} it is the sum over the parts, each by its weight.
 * PyTorch's {@code multi_margin_loss} divides it by the number of classes.
 *
 * @param margin m, above 0; by default 1
 * @param squared whether terms are squared; by default not
 * @param classWeights w, one a class, at least 0; null, the default, for 1 each
 */
public record MultiClassHinge(
    float margin,
    boolean squared,
    @JsonInclude(JsonInclude.Include.NON_NULL) ClassWeights classWeights)
    implements Loss {
  /** The plain form: terms are not squared, the margin is 1. */
  public static final MultiClassHinge PLAIN = new MultiClassHinge(1, false, null);

  public MultiClassHinge {
    if (!(margin > 0 && Float.isFinite(margin))) {
      throw ConvoyException.usage("multiClassHinge: margin must be above 0; got %s", margin);
    }
  }

  @JsonCreator
  static MultiClassHinge parse(
      @JsonProperty("margin") Float margin,
      @JsonProperty("squared") boolean squared,
      @JsonProperty("classWeights") ClassWeights classWeights) {
    return new MultiClassHinge(margin == null ? PLAIN.margin : margin, squared, classWeights);
  }

  @Override
  public void requireFits(Shape output) {
    Outputs.requireVector("multiClassHinge", output);
    ClassWeights.requireFit(classWeights, "multiClassHinge: classWeights", output.channels());
  }

  @Override
  public MultiClassHinge trainedOn(Supplier<ClassCounts> counts) {
    return new MultiClassHinge(
        margin, squared, ClassWeights.known(classWeights, ClassWeights::alike, counts));
  }

  @Override
  public Criterion criterion(Shape output) {
    requireFits(output);
    return new HingeCriterion(this, ClassWeights.array(classWeights, output.channels()));
  }
}
