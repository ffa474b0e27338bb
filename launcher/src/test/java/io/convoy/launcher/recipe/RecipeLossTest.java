package io.convoy.launcher.recipe;

import static io.convoy.launcher.recipe.RecipeReaderTest.VALID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.json.Json;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.ClassWeights;
import io.convoy.loss.Huber;
import io.convoy.loss.Loss;
import io.convoy.loss.MeanSquaredError;
import io.convoy.loss.MultiClassHinge;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a recipe says of the loss, and what is said where it is wrong. */
final class RecipeLossTest {
  private static Loss read(String loss) {
    Recipe recipe = RecipeReaderTest.read(VALID + "loss: " + loss + "\n");
    assertEquals(recipe, Json.value(Json.tree(recipe), Recipe.class, "run.json"));
    return recipe.loss();
  }

  private static void refuses(String loss, String message) {
    RecipeReaderTest.refuses(VALID + "loss: " + loss + "\n", message);
  }

  @Test
  void itIsPlainUnlessTheRecipeSaysOtherwise() {
    assertEquals(SoftmaxCrossEntropy.PLAIN, RecipeReaderTest.read(VALID).loss());
    assertEquals(SoftmaxCrossEntropy.PLAIN, read("{type: softmaxCrossEntropy}"));
    assertEquals(
        new SoftmaxCrossEntropy(0.1f), read("{type: softmaxCrossEntropy, labelSmoothing: 0.1}"));
    refuses(
        "{type: softmaxCrossEntropy, labelSmoothing: 1.0}",
        "small.yaml: loss: softmaxCrossEntropy: labelSmoothing must lie in [0, 1); got 1.0");
    refuses(
        "{type: softmaxCrossEntropy, labelsmooth: 0.1}",
        "small.yaml: loss: unknown key 'labelsmooth', did you mean 'labelSmoothing'?");
    refuses(
        "{labelSmoothing: 0.1}",
        "small.yaml: loss: type is missing; it must be one of binaryCrossEntropy, huber,"
            + " meanSquaredError, multiClassHinge, softmaxCrossEntropy");
  }

  @Test
  void eachIsNamedWithItsOptions() {
    assertEquals(
        new SoftmaxCrossEntropy(0, ClassWeights.BALANCED, 2),
        read("{type: softmaxCrossEntropy, classWeights: balanced, focalGamma: 2}"));
    assertEquals(MultiClassHinge.PLAIN, read("{type: multiClassHinge}"));
    assertEquals(
        new MultiClassHinge(0.5f, true, ClassWeights.of(1, 0, 2.5f)),
        read("{type: multiClassHinge, margin: 0.5, squared: true, classWeights: [1, 0, 2.5]}"));
    assertEquals(
        new BinaryCrossEntropy(0.1f, ClassWeights.of(1, 1, 4)),
        read("{type: binaryCrossEntropy, labelSmoothing: 0.1, positiveWeights: [1, 1, 4]}"));
    assertEquals(new MeanSquaredError(), read("{type: meanSquaredError}"));
    assertEquals(new Huber(2), read("{type: huber, delta: 2}"));
  }

  @Test
  void weightsAreGivenOrBalanced() {
    String weighted = "{type: softmaxCrossEntropy, classWeights: %s}";
    refuses(
        weighted.formatted("[1, 2]"),
        "small.yaml: softmaxCrossEntropy: classWeights must have one weight a class; got 2 for 3"
            + " classes");
    refuses(
        weighted.formatted("[1, -2, 1]"),
        "small.yaml: loss.classWeights: weights of classes must be at least 0, and one of them"
            + " above; got [1.0, -2.0, 1.0]");
    for (String wrong : List.of("\"even\"", "3", "{\"a\":1}", "[1,\"b\"]")) {
      refuses(
          weighted.formatted(wrong),
          "small.yaml: loss.classWeights: expected balanced or a list of one number a class, such"
              + " as [1, 2.5]; got "
              + wrong);
    }
  }
}
