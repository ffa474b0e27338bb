package io.convoy.launcher.recipe;

import static io.convoy.launcher.recipe.RecipeReaderTest.VALID;
import static io.convoy.launcher.recipe.RecipeReaderTest.read;
import static io.convoy.launcher.recipe.RecipeReaderTest.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.notation.Notation;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Architecture;
import io.convoy.zoo.LeNet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks that a recipe names, and the initializers of those that it gives by layers. */
final class RecipeNetworkTest {
  @Test
  void aNetworkOfTheZooStandsForItsLayers() throws Exception {
    Network lenet = new LeNet(Shape.of(28, 28, 1), 10).network();
    assertEquals(lenet, read(zoo("lenet")).network());
    assertEquals(lenet, read(zoo("{type: lenet}")).network());
    Network smaller = new LeNet(Shape.of(9, 7, 3), 5).network();
    assertEquals(smaller, read(zoo("{type: lenet, input: [9, 7, 3], classes: 5}")).network());
    assertEquals(
        smaller, read(zoo("{type: lenet, input: [9, 7, 3]}"), "network.classes=5").network());
    assertEquals(lenet, read(VALID, "network=lenet").network());
  }

  /** What a run keeps must not depend on what a name means later. */
  @Test
  void nothingOfTheZooIsKept() throws Exception {
    RecipeFile file = new RecipeFile("small.yaml", "small", zoo("{type: lenet, classes: 5}"));
    ObjectNode tree = RecipeReader.tree(file);
    Recipe recipe = RecipeReader.recipe(tree, file.place(), List.of());
    assertEquals(recipe.network().toJson(), tree.get("network"));
    assertEquals(recipe, RecipeReader.recipe(tree, file.place(), List.of()));
    JsonNode kept = new ObjectMapper().valueToTree(recipe);
    assertEquals(recipe.network().toJson(), kept.get("network"));
    assertEquals(List.of("input", "layers"), keys(kept.get("network")));
  }

  @Test
  void auxiliaryOutputsOfANetwork() throws Exception {
    String sided =
        VALID.replace(
            "batchSize",
            "    - {name: side, type: linear, outFeatures: 3, inputs: [flat]}\n"
                + "  outputs: [logits]\n  auxiliary: {side: 0.3}\nbatchSize");
    Recipe recipe = read(sided);
    assertEquals(
        List.of("logits 1.0", "side 0.3"),
        recipe.lossTerms().stream().map(t -> t.output() + " " + t.weight()).toList());
    assertEquals(0.7f, read(sided, "network.auxiliary.side=0.7").lossTerms().get(1).weight());
    refuses(
        sided.replace("side: 0.3", "side: 0"),
        "small.yaml: network: auxiliary: the loss of 'side' must have a weight above 0; got 0.0:");
    refuses(
        sided.replace("auxiliary:", "auxilary:"),
        "small.yaml: network: unknown key 'auxilary', did you mean 'auxiliary'?");
    Network heads = read(zoo("{type: googlenet, auxiliaryHeads: true}")).network();
    assertEquals(13_004_888, heads.layout().trainedParameters());
    assertEquals(
        List.of("input", "layers", "outputs", "auxiliary"),
        keys(new ObjectMapper().valueToTree(heads)));
  }

  /** What a network starts from is no part of it. */
  @Test
  void weightsOfANetworkAreThoseOfItsFineTuning() throws Exception {
    Recipe plain = read(zoo("{type: lenet, classes: 5}"));
    Recipe tuned = read(zoo("{type: lenet, classes: 5, weights: 'hdfs:///w'}"));
    assertEquals(FineTuning.from("hdfs:///w"), tuned.fineTuning());
    assertEquals(plain.network(), tuned.network());
    assertEquals(tuned, read(VALID, "network={type: lenet, classes: 5, weights: 'hdfs:///w'}"));
    assertEquals(
        FineTuning.from("w").withHead(FineTuning.Head.REPLACE),
        read(VALID, "network.weights=w", "fineTuning.head=replace").fineTuning());
    assertEquals(
        FineTuning.from("w"),
        read(VALID, "network.weights=w", "fineTuning.weights=w").fineTuning());
    refuses(
        zoo("{type: lenet, weights: a}") + "fineTuning: {weights: b}\n",
        "small.yaml: network.weights is \"a\", fineTuning.weights is \"b\": both say what the"
            + " training starts from; take one of them away");
  }

  @Test
  void aNetworkInNotation() throws Exception {
    String chain = "INPUT(9,7,3) => CONV(4) => RELU => FC(5)";
    Network network = Notation.of(chain).network();
    assertEquals(network, read(zoo(chain)).network());
    assertEquals(network, read(VALID, "network=" + chain).network());
    String repeated = "{notation: 'INPUT(9,7,3) => [CONV(4) => RELU?] * N => FC(5)'";
    assertEquals(network, read(zoo(repeated + ", values: {N: 1, RELU?: true}}")).network());
    assertEquals(
        network, read(zoo(repeated + ", values: {N: 1}}"), "network.values.RELU?=true").network());
    refuses(
        zoo(repeated + ", value: {N: 1}}"),
        "small.yaml: network: unknown key 'value', did you mean 'values'? known here: notation,"
            + " values");
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> read(zoo("INPUT(9,7,3) => CONV(4")));
    assertEquals(
        """
        small.yaml: network: column 23: expected ')', ','; got the end
          INPUT(9,7,3) => CONV(4
                                ^""",
        error.getMessage());
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void aNetworkOfTheZooIsChecked() {
    refuses(
        zoo("resnet21"),
        "small.yaml: network: unknown type 'resnet21', did you mean 'resnet20'? known types: "
            + String.join(", ", Architecture.names()));
    refuses(
        zoo("{type: lenet, clases: 5}"),
        "small.yaml: network: unknown key 'clases', did you mean 'classes'? known here: classes,"
            + " input, weights");
    refuses(
        zoo("{type: mobilenet-v1, widht: 0.5}"),
        "small.yaml: network: unknown key 'widht', did you mean 'width'? known here: classes,"
            + " input, weights, width");
    refuses(zoo("{type: lenet, layers: []}"), "small.yaml: network: unknown key 'layers'");
    refuses(
        zoo("{type: lenet, classes: 0}"),
        "small.yaml: network: lenet: classes must be at least 1; got 0");
    refuses(
        zoo("{type: lenet, input: [3, 28, 1]}"),
        "small.yaml: network: lenet: input must have at least 4x4 pixels; got 3x28x1");
  }

  @Test
  void anInitializerIsChecked() {
    refuses(
        initialised("{type: normal, deviaton: 0.01}"),
        "small.yaml: network.layers[0] 'conv1'.initializer: unknown key 'deviaton', did you mean"
            + " 'deviation'? known here: deviation");
    refuses(
        initialised("{type: normal, deviation: 0}"),
        "small.yaml: network.layers[0] 'conv1'.initializer: normal: deviation must be above 0; got"
            + " 0.0");
    refuses(
        initialised("normal"),
        "small.yaml: network.layers[0] 'conv1'.initializer must be heNormal,",
        "or {type: orthogonal, gain: 1}; got \"normal\"");
  }

  @Test
  void aPlaceIsNamedOnce() {
    String kernel = "kernel: 3";
    refuses(
        VALID.replace(kernel, kernel + ", padding: around"),
        "small.yaml: network.layers[0] 'conv1'.padding must be same, valid, a number of pixels");
    refuses(
        VALID.replace(kernel, kernel + ", padding: -1"),
        "small.yaml: network.layers[0] 'conv1'.padding must be at least 0; got -1x-1");
  }

  private static String initialised(String initializer) {
    return VALID.replace("kernel: 3", "kernel: 3, initializer: " + initializer);
  }

  /** The recipe with another network. */
  private static String zoo(String network) {
    int from = VALID.indexOf("network:");
    int to = VALID.indexOf("batchSize:");
    return VALID.substring(0, from) + "network: " + network + "\n" + VALID.substring(to);
  }
}
