package io.convoy.launcher.recipe;

import static io.convoy.launcher.recipe.RecipeReaderTest.VALID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Cutmix;
import io.convoy.data.augment.Mixup;
import io.convoy.data.transform.Noise;
import io.convoy.data.transform.Rotation;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a recipe says of augmentation, and what is said where it is wrong. */
final class RecipeAugmentationTest {
  private static Recipe read(String augmentation, String... set) {
    return RecipeReaderTest.read(VALID + "augmentation: " + augmentation + "\n", set);
  }

  private static void refuses(String augmentation, String message) {
    RecipeReaderTest.refuses(VALID + "augmentation: " + augmentation + "\n", message);
  }

  @Test
  void stepsStandInTheirOrder() {
    Augmentation expected =
        new Augmentation(1, false)
            .withSteps(new Rotation(15, List.of(0), 1), new Noise(4, 0.5))
            .withMixing(new Mixup(0.2, 1), new Cutmix(0.5, 1));
    String text =
        "{cropPadding: 1, steps: [{type: rotation, degrees: 15}, {type: noise, deviation: 4,"
            + " probability: 0.5}], mixup: {}, cutmix: {alpha: 0.5}}";
    Recipe recipe = read(text);
    assertEquals(expected, recipe.augmentation());
    Recipe again = Json.value(Json.tree(recipe), Recipe.class, "run.json");
    assertEquals(expected, again.augmentation());
    Recipe other = read(text, "augmentation.steps.1.deviation=8", "augmentation.mixup.alpha=1");
    assertEquals(new Noise(8, 0.5), other.augmentation().steps().get(1));
    assertEquals(new Mixup(1, 1), other.augmentation().mixup());
  }

  @Test
  void errorsNameTheStepTheRuleAndTheValue() {
    refuses(
        "{steps: [{type: grey}, {type: rotation, degree: 15}]}",
        "small.yaml: augmentation.steps[1]: unknown key 'degree', did you mean 'degrees'?");
    refuses(
        "{steps: [{type: rotate, degrees: 15}]}",
        "small.yaml: augmentation.steps[0]: unknown type 'rotate', did you mean 'rotation'?");
    refuses("{steps: [{type: rotation}]}", "small.yaml: augmentation.steps[0]: degrees is missing");
    refuses(
        "{steps: [{type: blur, kernel: 4}]}",
        "small.yaml: augmentation.steps[0]: blur: kernel must be odd and lie in [3, 127]; got 4");
    refuses(
        "{steps: {type: grey}}", "small.yaml: augmentation.steps: expected a list; got a mapping");
    refuses(
        "{mixup: {alpha: 0}}",
        "small.yaml: augmentation.mixup: alpha must lie in (0, 100]; got 0.0");
    refuses(
        "{steps: [{type: hue, range: 0.1}]}", // VALID's images are grey
        "small.yaml: augmentation.steps[0]: hue changes colours, but the network's input is grey (1"
            + " channel): take it away");
    refuses("{mixup: {beta: 1}}", "small.yaml: augmentation.mixup: unknown key 'beta'");
  }
}
