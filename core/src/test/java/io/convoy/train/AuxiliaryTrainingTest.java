package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.data.augment.Standardization;
import io.convoy.error.ConvoyException;
import io.convoy.execution.Execution;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Pass;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Freeze;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.SwaOptions;
import io.convoy.reference.ForkedJava;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numerics contract for auxiliary outputs, what they add, and that inference does without. */
class AuxiliaryTrainingTest {
  private static final int CLASSES = 5;
  private static final Kernels KERNELS = KernelProvider.kernels();

  @Test
  void threadsChangeNoBit() {
    String one = AuxiliaryTraining.hash(1);
    assertEquals(one, AuxiliaryTraining.hash(2));
    assertEquals(one, AuxiliaryTraining.hash(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "4", "8", "16"})
  void lanesChangeNoBit(String provider) throws Exception {
    assumeTrue(KERNELS.name().equals("simd"), "compared once, in the run with simd");
    assertEquals(
        AuxiliaryTraining.hash(2), ForkedJava.withKernels(provider, AuxiliaryTraining.class));
  }

  /** As it goes to executors and into run.json. */
  @Test
  void theRecipeKeepsThemInJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Recipe recipe = AuxiliaryTraining.recipe();
    assertEquals(recipe, json.readValue(json.writeValueAsBytes(recipe), Recipe.class));
    assertEquals(
        List.of("logits 1.0", "early 0.625", "side.fc 0.3"),
        recipe.lossTerms().stream().map(t -> t.output() + " " + t.weight()).toList());
  }

  @Test
  void theyLearnTheSameClasses() {
    Network network =
        Network.input(9, 7, 3)
            .then("flatten", new Flatten())
            .then("logits", Linear.of(5))
            .join("side", Linear.of(4), "flatten")
            .output("logits")
            .auxiliary("side", 1)
            .build();
    assertEquals(
        "network.auxiliary: 'side' must give as many logits as the network's output, since both"
            + " learn the same classes; it gives 4, 'logits' 5",
        assertThrows(
                ConvoyException.class, () -> Trainings.recipe(network, Trainings.MOMENTUM, 3, 1))
            .getMessage());
  }

  /** Weights, then momentum. To be changed only together with {@link Numerics#VERSION}. */
  @Test
  @Tag("golden")
  void goldenHashes() {
    assertEquals(4, Numerics.VERSION);
    assertEquals(
        """
        6ffc1bb17c181767d470df3c7293e294e05fc7c5bb2f12e22a15a7857e4b7ca1
        e8d890860b70238c5317e63f509556c0a6d73796db3e5659f35ffc6799a712d5""",
        AuxiliaryTraining.hash(2));
  }

  /** Evaluation computes, and takes memory for, what it would without auxiliary outputs. */
  @Test
  void inferenceKnowsNothingOfThem() {
    Recipe recipe = AuxiliaryTraining.recipe();
    Network network = recipe.network();
    TrainingState state = Trainings.train(recipe, 2);
    Recipe alone = recipe.withoutAuxiliary();
    Standardization measured = Standardization.of(Trainings.IMAGES);
    assertEquals(
        Trainings.evaluate(alone, measured, state, Trainings.IMAGES, 2),
        Trainings.evaluate(recipe, measured, state, Trainings.IMAGES, 2));
    float[] spoilt = state.weights().clone();
    Set<String> computed =
        network.inferenceNodes().stream().map(n -> n.name()).collect(Collectors.toSet());
    for (Entry entry : network.layout().entries()) {
      if (!computed.contains(entry.layer())) {
        Arrays.fill(spoilt, entry.offset(), entry.offset() + entry.length(), Float.NaN);
      }
    }
    assertEquals(Set.of("stem", "norm", "deep", "early", "logits"), withParameters(network));
    float[] images = Numbers.array(5, 3 * network.inputShape().elements());
    try (WorkPool pool = new WorkPool(2)) {
      Execution whole = Execution.inference(network, 3, KERNELS, pool);
      Execution less = Execution.inference(network.withoutAuxiliary(), 3, KERNELS, pool);
      assertEquals(less.bytes(), whole.bytes());
      assertEquals(
          whole.bytes(),
          Execution.planInference(network, 3, ConvolutionAlgorithm.AUTO, KERNELS, pool).bytes());
      whole.load(spoilt);
      less.load(state.weights());
      for (Execution execution : List.of(whole, less)) {
        GradientCheck.fill(execution.input(), 3, images);
        execution.forward(new Pass(3).inference(3));
      }
      for (int i = 0; i < 3 * CLASSES; i++) {
        int at = GradientCheck.place(whole.output(), i);
        assertEquals(less.output().data()[at], whole.output().data()[at]);
        assertTrue(Float.isFinite(whole.output().data()[at]));
      }
    }
  }

  private static Set<String> withParameters(Network network) {
    return network.inferenceNodes().stream()
        .filter(node -> !node.layer().parameters(node.inputShapes()).isEmpty())
        .map(node -> node.name())
        .collect(Collectors.toSet());
  }

  /** The norms of inference, as if the others were not there; these stay as they are. */
  @Test
  void averagesAreMeasuredWithoutThem() {
    Recipe recipe =
        AuxiliaryTraining.recipe().toBuilder().swa(new SwaOptions(0.4, 3, null)).build();
    float[] weights = Trainings.train(recipe, 2).weights();
    StatisticsRefresh refresh = new StatisticsRefresh(recipe, Trainings.IMAGES);
    float[] refreshed = refresh.refreshed(weights, KERNELS, 2);
    Recipe alone = recipe.withoutAuxiliary();
    assertEquals(
        List.of(),
        differing(
            recipe.network(),
            refreshed,
            new StatisticsRefresh(alone, Trainings.IMAGES).refreshed(weights, KERNELS, 1)));
    assertEquals(
        List.of("norm.running_mean", "norm.running_var"),
        differing(recipe.network(), weights, refreshed));
    assertTrue(
        TrainingMemory.refresh(recipe, KERNELS, 2, 1)
            == TrainingMemory.refresh(alone, KERNELS, 2, 1));
    assertTrue(
        TrainingMemory.of(recipe, KERNELS, 2).buffers()
            > TrainingMemory.of(alone, KERNELS, 2).buffers());
  }

  private static List<String> differing(Network network, float[] one, float[] other) {
    return network.layout().entries().stream()
        .filter(
            entry -> {
              int end = entry.offset() + entry.length();
              return !Arrays.equals(one, entry.offset(), end, other, entry.offset(), end);
            })
        .map(Entry::name)
        .toList();
  }

  /** A head may be frozen like any other layer; and the rest may be, so that heads alone learn. */
  @Test
  void headsFreezeLikeOthers() {
    Recipe recipe = AuxiliaryTraining.recipe();
    float[] before = LocalTrainer.initialState(recipe).weights();
    for (String frozen : List.of("side", "stem,norm,deep,early,logits")) {
      Freeze[] freeze = Arrays.stream(frozen.split(",")).map(Freeze::of).toArray(Freeze[]::new);
      FineTuning tuning =
          new FineTuning(null, null, FineTuning.Head.KEEP, List.of(freeze), List.of());
      float[] after = Trainings.train(recipe.toBuilder().fineTuning(tuning).build(), 2).weights();
      boolean side = frozen.equals("side");
      assertEquals(
          recipe.network().layout().entries().stream()
              .map(Entry::name)
              .filter(name -> name.startsWith("side") != side)
              .toList(),
          differing(recipe.network(), before, after));
    }
  }

  @Test
  void theyMatter() {
    Recipe recipe = AuxiliaryTraining.recipe();
    assertNotEquals(
        Trainings.train(recipe, 2).weightsSha256(),
        Trainings.train(recipe.withoutAuxiliary(), 2).weightsSha256());
  }
}
