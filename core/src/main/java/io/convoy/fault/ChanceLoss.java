package io.convoy.fault;

import io.convoy.loss.ClassCounts;
import io.convoy.loss.Criterion;
import io.convoy.loss.LossTerm;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.recipe.Recipe;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Collections;

/**
 * The loss of a network that knows nothing and gives zeros: ln(classes) for the softmax
 * cross-entropy, and as much again for each auxiliary output, by its weight. Of each class one
 * sample counts: such a loss asks for the same of all, unless classes have weights.
 *
 * @param loss above 0, or 0 where zeros are what the loss asks for
 * @param words such as {@code ln(10 classes) is 2.303}
 */
public record ChanceLoss(double loss, String words) {
  /** A last layer with outputs of some size is common; one whose outputs are large is not. */
  private static final double MOST_TIMES = 1.5;

  private static final double MOST_ABOVE = 0.5;

  /** Classes whose samples are looked at: more tell nothing else. */
  private static final int MOST_CLASSES = 1000;

  /** Of a recipe. */
  public static ChanceLoss of(Recipe recipe) {
    double loss =
        recipe.lossTerms().stream()
            .mapToDouble(term -> term.weight() * ofZeros(term, recipe.network().outputShape()))
            .sum();
    return new ChanceLoss(loss, words(recipe, loss));
  }

  /** How a loss of zeros is told, in the words of the field where it has some. */
  public static String words(Recipe recipe, double ofZeros) {
    int classes = recipe.network().outputShape().channels();
    return recipe.loss().equals(SoftmaxCrossEntropy.PLAIN) && recipe.lossTerms().size() == 1
        ? "ln(%s classes) is %s".formatted(classes, Figures.text(StrictMath.log(classes)))
        : "zeros would give " + Figures.text(ofZeros);
  }

  private static double ofZeros(LossTerm term, Shape output) {
    int classes = output.channels();
    ClassCounts alike = new ClassCounts(classes, Collections.nCopies(classes, 1L));
    Criterion criterion = term.loss().trainedOn(() -> alike).criterion(output);
    Tensor zeros = Tensor.of(1, output);
    double loss = 0;
    double weight = 0;
    for (int label = 0; label < Math.min(classes, MOST_CLASSES); label++) {
      criterion.compute(zeros, 0, 1, new Target[] {new ClassLabel(label)}, null);
      loss += criterion.loss();
      weight += criterion.weight();
    }
    return loss / weight;
  }

  /** Whether a loss is far above that of a network that knows nothing. */
  public static boolean isFarAbove(double loss, double ofZeros) {
    return loss > MOST_TIMES * ofZeros + MOST_ABOVE;
  }
}
