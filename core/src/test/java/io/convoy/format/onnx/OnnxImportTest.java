package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Families;
import io.convoy.json.Json;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Architecture;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Convoy exports, it reads again: the same outputs bit for bit. */
class OnnxImportTest {
  @Test
  void everyLayer() {
    roundTrip(EveryLayer.network(), 3);
  }

  /** A norm without factors comes back with factors of 1; all else as it was. */
  @Test
  void layersOfSeveralOperators() {
    Network network = EveryLayer.ofSeveralOperators();
    OnnxImport read = roundTrip(network, 3);
    assertEquals(types(network), types(read.network()));
  }

  private static List<String> types(Network network) {
    return network.nodes().stream().map(node -> Families.name(node.layer().getClass())).toList();
  }

  static List<String> small() {
    return OnnxExportTest.small();
  }

  static List<String> light() {
    return OnnxExportTest.light();
  }

  @ParameterizedTest
  @MethodSource("small")
  void smallNetworks(String name) {
    roundTrip(Architecture.named(name).network(), 2);
  }

  @Test
  void shortcutsWithoutParameters() {
    ObjectNode json = Json.object().put("type", "resnet20").put("shortcut", "padding");
    roundTrip(Architecture.read(json, "network").network(), 2);
  }

  @ParameterizedTest
  @MethodSource("light")
  @Tag("slow")
  void largeNetworks(String name) {
    Networks.requireVectors();
    roundTrip(Architecture.named(name).network(), 1);
  }

  private static OnnxImport roundTrip(Network network, int count) {
    float[] state = Networks.state(network);
    byte[] file = Networks.exported(network, state);
    OnnxImport read = OnnxImport.read(file, "it.onnx");
    Shape input = network.inputShape();
    float[] samples = Networks.samples(input, count);
    List<float[]> expected = Networks.outputs(network, state, samples);
    List<float[]> actual = Networks.outputs(read.network(), read.state(), samples);
    assertEquals(expected.size(), actual.size());
    for (int k = 0; k < expected.size(); k++) {
      assertArrayEquals(expected.get(k), actual.get(k));
    }
    long[] shape = {count, input.channels(), input.height(), input.width()};
    byte[] again = Networks.exported(read.network(), read.state());
    List<float[]> first = Runtime.outputs(file, samples, shape);
    List<float[]> second = Runtime.outputs(again, samples, shape);
    for (int k = 0; k < expected.size(); k++) {
      assertArrayEquals(first.get(k), second.get(k), 1e-5f);
    }
    return read;
  }
}
