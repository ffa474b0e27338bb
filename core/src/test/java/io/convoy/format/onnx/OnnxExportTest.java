package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Families;
import io.convoy.json.Json;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.GlobalMaxPool;
import io.convoy.layer.Layer;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported networks give the outputs of Convoy in ONNX Runtime. */
class OnnxExportTest {
  /** Pixels each way: enough for every network, and less work than most are published with. */
  private static final int SIDE = 80;

  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  @Test
  void everyLayerHasAForm() {
    assertEquals(Set.copyOf(Families.members(Layer.class).values()), LayerForms.kinds());
  }

  /** Every layer and option that ONNX writes in a way of its own, at odd sizes. */
  @Test
  void layers() throws IOException {
    compare(EveryLayer.network(), 3);
    compare(EveryLayer.ofSeveralOperators(), 3);
  }

  /** Without heads the file is the same, to a byte. */
  @Test
  void auxiliaryOutputsStayOut() throws IOException {
    Network network = auxiliary().output("logits").auxiliary("side", 0.3).build();
    float[] state = Networks.state(network);
    byte[] alone = Networks.exported(network.withoutAuxiliary(), state);
    assertArrayEquals(alone, Networks.exported(network, state));
    ModelProto file = ModelProto.parseFrom(alone);
    assertEquals(1, file.getGraph().getOutputCount());
    assertEquals(
        List.of("conv.weight", "conv.bias", "logits.weight", "logits.bias"),
        file.getGraph().getInitializerList().stream().map(TensorProto::getName).toList());
    compare(network, 3);
    Network both = auxiliary().output("logits").output("side").build();
    assertTrue(Networks.exported(both, state).length > alone.length);
  }

  private static Network.Builder auxiliary() {
    return Network.input(9, 7, 3)
        .then("conv", Conv2d.of(4, 3))
        .then("relu", new Relu())
        .then("mean", new GlobalAvgPool())
        .then("logits", Linear.of(5))
        .join("max", new GlobalMaxPool(), "relu")
        .then("side", Linear.of(5));
  }

  @Test
  void theBytesAreAFunctionOfTheModel() {
    Network network = EveryLayer.network();
    float[] state = Networks.state(network);
    assertArrayEquals(Networks.exported(network, state), Networks.exported(network, state));
  }

  static List<String> small() {
    return List.of("lenet", "lenet5", "lenet5_original", "resnet20", "resnet56");
  }

  static List<String> large() {
    return Architecture.names().stream().filter(name -> !small().contains(name)).toList();
  }

  /** One of each family whose weights leave room for copies of them. */
  static List<String> light() {
    return List.of(
        "densenet121",
        "efficientnet_b0",
        "googlenet",
        "inception_v3",
        "mobilenet-v1",
        "mobilenet_v2",
        "resnet18",
        "resnext50_32x4d",
        "shufflenet_v1",
        "shufflenet_v2_x1_0",
        "squeezenet1_1");
  }

  @ParameterizedTest
  @MethodSource("small")
  void smallNetworks(String name) throws IOException {
    compare(Architecture.named(name).network(), 3);
  }

  @ParameterizedTest
  @MethodSource("large")
  @Tag("slow")
  void largeNetworks(String name) throws IOException {
    Networks.requireVectors();
    ObjectNode json = Json.object().put("type", name);
    json.putArray("input").add(SIDE).add(SIDE).add(3);
    compare(Architecture.read(json, name).network(), 1);
  }

  private void compare(Network network, int count) throws IOException {
    compare(network, Networks.state(network), count);
  }

  private void compare(Network network, float[] state, int count) throws IOException {
    Shape input = network.inputShape();
    float[] samples = Networks.samples(input, count);
    List<float[]> expected = Networks.outputs(network, state, samples);
    Path file = folder.resolve("model.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      OnnxExport.write(Networks.model(network, state), "test", out);
    }
    List<float[]> actual =
        Runtime.outputs(file, samples, count, input.channels(), input.height(), input.width());
    assertEquals(expected.size(), actual.size());
    for (int k = 0; k < expected.size(); k++) {
      assertClose(expected.get(k), actual.get(k));
    }
  }

  private static void assertClose(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
    }
    assertTrue(largest > 0, "all outputs are 0");
    assertTrue(
        difference <= TOLERANCE * largest,
        "outputs up to %s differ by %s".formatted(largest, difference));
  }
}
