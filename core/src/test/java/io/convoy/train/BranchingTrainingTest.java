package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.recipe.Recipe;
import io.convoy.reference.ForkedJava;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numerics contract for the layers and the loss of {@link BranchingTraining}. */
class BranchingTrainingTest {
  @Test
  void threadsChangeNoBit() {
    for (float weight : BranchingTraining.train(1).weights()) {
      assertTrue(Float.isFinite(weight));
    }
    String one = BranchingTraining.hash(1);
    assertEquals(one, BranchingTraining.hash(2));
    assertEquals(one, BranchingTraining.hash(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "4", "8", "16"})
  void lanesChangeNoBit(String provider) throws Exception {
    assumeTrue(
        KernelProvider.kernels().name().equals("simd"), "compared once, in the run with simd");
    assertEquals(
        BranchingTraining.hash(2), ForkedJava.withKernels(provider, BranchingTraining.class));
  }

  @Test
  void smoothingMatters() {
    Recipe plain = BranchingTraining.recipe(SoftmaxCrossEntropy.PLAIN);
    assertNotEquals(
        Trainings.train(plain, 2).weightsSha256(), BranchingTraining.train(2).weightsSha256());
  }

  /** As it goes to executors and into run.json. */
  @Test
  void theRecipeKeepsItsLossInJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Recipe recipe = BranchingTraining.recipe(new SoftmaxCrossEntropy(0.1f));
    assertEquals(recipe, json.readValue(json.writeValueAsBytes(recipe), Recipe.class));
    assertEquals(recipe.loss(), recipe.withMaxSteps(3).loss());
    assertEquals(recipe.loss(), recipe.withStandardization(null).loss());
    ObjectNode old = json.valueToTree(recipe);
    old.remove("loss");
    assertEquals(SoftmaxCrossEntropy.PLAIN, json.treeToValue(old, Recipe.class).loss());
  }

  /** Weights, then momentum. To be changed only together with {@link Numerics#VERSION}. */
  @Test
  @Tag("golden")
  void goldenHashes() {
    assertEquals(4, Numerics.VERSION);
    assertEquals(
        """
        b69563eed4c6415fc357aa5a0d8560bab0e6e276929e5e70061566e72db46141
        240ec52820d63d290c78577e9e3ffac6f78d7c614d5e2457198e217ec0c83302""",
        BranchingTraining.hash(2));
  }
}
