package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.format.LittleEndianFloats;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout.Entry;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Constant;
import io.convoy.tensor.Shape;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classifiers in the middle of GoogLeNet and Inception-v3. */
class AuxiliaryHeadsTest {
  private static final int CLASSES = 5;
  private static final int BATCH = 3;

  private static Network withHeads(String name) {
    return Architectures.withHeads(name, name.equals("googlenet") ? 224 : 299, 1000).network();
  }

  private static Map<String, String> arraysOfHeads(Network network) {
    Map<String, String> arrays = new TreeMap<>();
    for (Entry entry : network.layout().entries()) {
      if (entry.name().startsWith("aux1") || entry.name().startsWith("AuxLogits")) {
        arrays.put(entry.name(), Arrays.toString(entry.parameter().shape().toArray()));
      }
    }
    return arrays;
  }

  /** Those of torchvision's state dictionaries, but for the counters. */
  @Test
  void namesAndShapesAreTorchvisions() {
    assertEquals(
        new TreeMap<>(
            Map.of(
                "aux1.conv.conv.weight", "[128, 512, 1, 1]",
                "aux1.conv.bn.weight", "[128]",
                "aux1.conv.bn.bias", "[128]",
                "aux1.conv.bn.running_mean", "[128]",
                "aux1.conv.bn.running_var", "[128]",
                "aux1.fc1.weight", "[1024, 2048]",
                "aux1.fc1.bias", "[1024]",
                "aux1.fc2.weight", "[1000, 1024]",
                "aux1.fc2.bias", "[1000]")),
        arraysOfHeads(withHeads("googlenet")));
    Map<String, String> inception = arraysOfHeads(withHeads("inception_v3"));
    assertEquals(12, inception.size());
    assertEquals("[128, 768, 1, 1]", inception.get("AuxLogits.conv0.conv.weight"));
    assertEquals("[768, 128, 5, 5]", inception.get("AuxLogits.conv1.conv.weight"));
    assertEquals("[768]", inception.get("AuxLogits.conv1.bn.running_var"));
    assertEquals("[1000, 768]", inception.get("AuxLogits.fc.weight"));
    assertEquals("[1000]", inception.get("AuxLogits.fc.bias"));
  }

  @Test
  void weightsArePublishedOnesUnlessTold() {
    assertEquals(List.of("aux1.fc2 0.3", "aux2.fc2 0.3"), auxiliary(withHeads("googlenet")));
    assertEquals(List.of("AuxLogits.fc 0.4"), auxiliary(withHeads("inception_v3")));
    Shape input = Shape.of(80, 79, 3);
    assertEquals(
        List.of("aux1.fc2 0.7", "aux2.fc2 0.7"),
        auxiliary(new GoogLeNet(input, CLASSES, true, 0.7).network()));
    assertEquals(List.of(), auxiliary(new GoogLeNet(input, CLASSES, false, 0.7).network()));
  }

  private static List<String> auxiliary(Network network) {
    return network.auxiliary().stream().map(a -> a.node().name() + " " + a.weight()).toList();
  }

  /** What is not of the heads is as without them: layers, places and first weights. */
  @ParameterizedTest
  @ValueSource(strings = {"googlenet", "inception_v3"})
  void theRestIsAsWithoutThem(String name) {
    Network plain = Architecture.named(name).network();
    Network network = withHeads(name);
    assertEquals(plain.nodes(), network.inferenceNodes());
    assertEquals(plain.nodes(), network.nodes().subList(0, plain.nodes().size()));
    assertEquals(plain.outputs(), network.outputs());
    float[] first = network.layout().initialState(3);
    assertArrayEquals(
        plain.layout().initialState(3), Arrays.copyOf(first, plain.layout().length()));
  }

  @ParameterizedTest
  @CsvSource({"googlenet, 79, aux1.fc1, 1024", "inception_v3, 299, AuxLogits.conv1.conv, 1x1x768"})
  void theSmallestImages(String name, int side, String layer, String shape) {
    Network network = Architectures.withHeads(name, side, CLASSES).network();
    Node node = network.nodes().stream().filter(n -> n.name().equals(layer)).findFirst().get();
    assertEquals(shape, node.shape().toString());
    assertEquals(
        "network: %s: with auxiliaryHeads, input must have at least %sx%s pixels; got %sx%sx3: use"
                .formatted(name, side, side, side, side - 1)
            + " larger images, or leave auxiliaryHeads out",
        refused(() -> Architectures.withHeads(name, List.of(side, side - 1, 3), CLASSES)));
    assertEquals(
        "googlenet: auxiliaryWeight must be above 0; got 0.0: for no auxiliary losses leave"
            + " auxiliaryHeads out",
        refused(() -> new GoogLeNet(Shape.of(79, 79, 3), CLASSES, true, 0)));
  }

  private static String refused(Executable making) {
    return assertThrows(ConvoyException.class, making).getMessage();
  }

  /** Ten steps on one batch: the sum of the losses begins at that of guesses, and falls. */
  @ParameterizedTest
  @CsvSource({"googlenet, 79, 80, 1.6", "inception_v3, 299, 299, 1.4"})
  @Tag("slow")
  void tenStepsOnABatchLowerTheLoss(String name, int height, int width, double weights) {
    assumeTrue(KernelProvider.kernels().lanes() > 1, "minutes without vectors, which show no more");
    Recipe recipe =
        new RecipeBuilder()
            .network(Architectures.withHeads(name, List.of(height, width, 3), CLASSES).network())
            .data(new DataOptions(new Folders(), null, null))
            .augmentation(Augmentation.NONE)
            .batchSize(BATCH)
            .shards(1)
            .epochs(10)
            .optimizer(new Sgd(0.9f, false, 1e-4f, false))
            .schedule(new Constant(0.01, 0))
            .build();
    BarImages images = new BarImages(BATCH, recipe.network().inputShape(), CLASSES, 1);
    List<Double> losses = new ArrayList<>();
    TrainingState after;
    try (LocalTrainer trainer = new LocalTrainer(recipe, images, KernelProvider.kernels(), 2)) {
      trainer.train(10, report -> losses.add(report.loss()));
      after = trainer.state();
    }
    double first = losses.get(0);
    assertEquals(weights * Math.log(CLASSES), first, 0.5);
    double last = losses.stream().skip(8).mapToDouble(loss -> loss).average().orElseThrow();
    assertTrue(last < 0.7 * first, losses::toString);
    float[] before = LocalTrainer.initialState(recipe).weights();
    for (Entry entry : recipe.network().layout().entries()) {
      int end = entry.offset() + entry.length();
      boolean moved =
          !Arrays.equals(before, entry.offset(), end, after.weights(), entry.offset(), end);
      assertTrue(moved || entry.name().endsWith("bn.weight"), entry.name());
    }
  }

  /** A change of the heads' layers, order, initialisation or random numbers shows. */
  @ParameterizedTest
  @CsvSource({
    "googlenet, 0f0bbf5c88b156150b6823c9d2f62f7a8b225a838ebc5659dd776f91d7ccf5f2",
    "inception_v3, 9669a3466091f3a622bf98a7a7eda262588b9c4ff22d45ca436050704dc5347f"
  })
  void theSameWeightsFromTheSameSeed(String name, String sha256) {
    Network network = withHeads(name);
    float[] state = network.layout().initialState(1);
    assertEquals(sha256, LittleEndianFloats.sha256(state));
  }
}
