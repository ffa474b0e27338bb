package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.network.Network;
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

  static List<String> small() {
    return OnnxExportTest.small().stream().filter(OnnxImportTest::isRead).toList();
  }

  static List<String> light() {
    return OnnxExportTest.light().stream().filter(OnnxImportTest::isRead).toList();
  }

  /** Channels that are shuffled or selected, and the scaled tanh, are written and not read. */
  private static boolean isRead(String name) {
    return !name.matches("shufflenet.*|lenet5_original");
  }

  @ParameterizedTest
  @MethodSource("small")
  void smallNetworks(String name) {
    roundTrip(Architecture.named(name).network(), 2);
  }

  @ParameterizedTest
  @MethodSource("light")
  @Tag("slow")
  void largeNetworks(String name) {
    Networks.requireVectors();
    roundTrip(Architecture.named(name).network(), 1);
  }

  private static void roundTrip(Network network, int count) {
    float[] state = Networks.state(network);
    OnnxImport read = OnnxImport.read(Networks.exported(network, state), "it.onnx");
    float[] samples = Networks.samples(network.inputShape(), count);
    List<float[]> expected = Networks.outputs(network, state, samples);
    List<float[]> actual = Networks.outputs(read.network(), read.state(), samples);
    assertEquals(expected.size(), actual.size());
    for (int k = 0; k < expected.size(); k++) {
      assertArrayEquals(expected.get(k), actual.get(k));
    }
  }
}
