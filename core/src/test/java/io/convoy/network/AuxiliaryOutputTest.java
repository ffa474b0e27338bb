package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Outputs that come out in training alone. */
class AuxiliaryOutputTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The head of {@code deep} reads a layer that the first head reads, too. */
  private static Network.Builder layers() {
    return Network.input(9, 7, 3)
        .then("stem", Conv2d.of(4, 3))
        .then("relu", new Relu())
        .then("flatten", new Flatten())
        .then("logits", Linear.of(5))
        .join("mean", new GlobalAvgPool(), "relu")
        .then("side", Linear.of(5))
        .join("deep", Linear.of(5), "mean");
  }

  private static Network network() {
    return layers().output("logits").auxiliary("deep", 0.25).auxiliary("side", 0.5).build();
  }

  private static List<String> names(List<Node> nodes) {
    return nodes.stream().map(Node::name).toList();
  }

  @Test
  void theyComeBehindTheOutputsInTheOrderOfTheGraph() {
    Network network = network();
    assertEquals(List.of("logits"), names(network.outputs()));
    assertEquals(List.of("logits", "side", "deep"), names(network.trainingOutputs()));
    assertEquals(
        List.of(0.5f, 0.25f), network.auxiliary().stream().map(AuxiliaryOutput::weight).toList());
    assertEquals(List.of("stem", "relu", "flatten", "logits"), names(network.inferenceNodes()));
    assertEquals(network.nodes(), network.trainingNodes());
  }

  /** Nobody moves in the state vector because of what is not computed. */
  @Test
  void withoutThemTheLayoutStays() {
    Network network = network();
    Network alone = network.withoutAuxiliary();
    assertEquals(network.inferenceNodes(), alone.trainingNodes());
    assertEquals(network.layout().entries(), alone.layout().entries());
    assertNotEquals(network, alone);
    assertSame(alone, alone.withoutAuxiliary());
    Network seen = network.withOutput("mean");
    assertEquals(
        List.of("stem", "relu", "flatten", "logits", "mean"), names(seen.inferenceNodes()));
    assertEquals(List.of("logits", "mean", "side", "deep"), names(seen.trainingOutputs()));
    assertEquals(
        List.of("logits", "deep", "side"), names(network.withOutput("deep").trainingOutputs()));
  }

  @Test
  void jsonKeepsThem() throws Exception {
    Network network = network();
    String text = JSON.writeValueAsString(network.toJson());
    assertTrue(
        text.endsWith(",\"outputs\":[\"logits\"],\"auxiliary\":{\"side\":0.5,\"deep\":0.25}}"),
        text);
    assertEquals(network, Network.fromJson(JSON.readTree(text)));
    String others = text.replace("0.25", "0.75");
    assertNotEquals(network, Network.fromJson(JSON.readTree(others)));
    JsonNode swapped =
        JSON.readTree(text.replace("{\"side\":0.5,\"deep\":0.25}", "{\"deep\":0.25,\"side\":0.5}"));
    assertEquals(network, Network.fromJson(swapped), "a mapping has no order");
  }

  private static void refuses(String message, Executable executable) {
    assertEquals(message, assertThrows(ConvoyException.class, executable).getMessage());
  }

  private static Executable reading(String auxiliary) {
    return () ->
        Network.fromJson(
            JSON.readTree(
                """
                {"input": [3], "layers": [
                  {"name": "a", "type": "linear", "outFeatures": 2},
                  {"name": "b", "type": "linear", "outFeatures": 2}], "auxiliary": %s}"""
                    .formatted(auxiliary)));
  }

  @Test
  void whatIsWrongIsSaid() {
    refuses(
        "auxiliary: 'none' is none of the layers: stem, relu, flatten, logits, mean, side, deep",
        () -> layers().auxiliary("none", 1));
    refuses(
        "auxiliary: 'side' is named twice",
        () -> layers().auxiliary("side", 1).auxiliary("side", 1));
    refuses(
        "auxiliary: 'side' is the network's output; one that is auxiliary comes out in training"
            + " alone: take it away, or name another in outputs",
        () -> layers().output("side").auxiliary("side", 1).auxiliary("deep", 1).build());
    refuses(
        "layer 'logits': nobody reads its output; the network's outputs are side",
        () -> layers().output("side").auxiliary("deep", 1).build());
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-60}) {
      refuses(
          "auxiliary: the loss of 'side' must have a weight above 0; got %s: take the layer away,"
                  .formatted((float) weight)
              + " or give it a weight such as 0.3",
          () -> layers().output("logits").auxiliary("side", weight).auxiliary("deep", 1).build());
    }
    refuses(
        "network.auxiliary: expected layers' names with the weights of their losses, such as"
            + " {side: 0.3}; got [\"a\"]",
        reading("[\"a\"]"));
    refuses(
        "network.auxiliary.a: expected a number, the weight of its loss; got \"much\"",
        reading("{\"a\": \"much\"}"));
    refuses("auxiliary: 'c' is none of the layers: a, b", reading("{\"c\": 1}"));
  }
}
