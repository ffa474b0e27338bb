package io.convoy.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.RealData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The update rules against the ONNX project's own tests of its training operators. A case is a
 * model of one node, and tensors: rate R, update count T (0 in all of them), for each parameter its
 * weights, its gradient and its memory; then what these become.
 */
@Tag("data")
class OnnxOptimizerTest {
  /** So late an update that Adam's bias corrections are 1, as the operator's are at T = 0. */
  private static final long LATE = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "test_momentum, 1",
    "test_momentum_multiple, 2",
    "test_nesterov_momentum, 1",
    "test_adagrad, 1",
    "test_adagrad_multiple, 2",
    "test_adam, 1",
    "test_adam_multiple, 2",
  })
  void anUpdateIsThatOfTheOperator(String name, int parameters) throws IOException {
    Path folder = RealData.folder("onnx-node-tests/node/" + name);
    Map<String, ByteBuffer> attributes = attributes(folder.resolve("model.onnx"));
    Optimizer optimizer = optimizer(name, attributes);
    Path data = folder.resolve("test_data_set_0");
    float rate = floats(data.resolve("input_0.pb"))[0];
    int memories = optimizer.slots().size();
    for (int p = 0; p < parameters; p++) {
      float[] weights = floats(data.resolve("input_%s.pb".formatted(2 + p)));
      float[] gradient = floats(data.resolve("input_%s.pb".formatted(2 + parameters + p)));
      float[][] slots = new float[memories][];
      for (int s = 0; s < memories; s++) {
        slots[s] = floats(data.resolve("input_%s.pb".formatted(2 + (2 + s) * parameters + p)));
      }
      long step = optimizer instanceof Adam ? LATE : 1;
      float decay = optimizer.weightDecay();
      optimizer.update(step, rate, decay, weights, gradient, slots, weights.length);
      assertArrayEquals(floats(data.resolve("output_%s.pb".formatted(p))), weights, 1e-6f);
      for (int s = 0; s < memories; s++) {
        Path expected = data.resolve("output_%s.pb".formatted((1 + s) * parameters + p));
        assertArrayEquals(floats(expected), slots[s], 1e-6f);
      }
    }
  }

  private static Optimizer optimizer(String name, Map<String, ByteBuffer> attributes) {
    float decay = number(attributes, "norm_coefficient");
    if (name.contains("adagrad")) {
      float rateDecay = number(attributes, "decay_factor");
      return new AdaGrad(rateDecay, number(attributes, "epsilon"), 0, decay, true);
    }
    float alpha = number(attributes, "alpha");
    if (name.contains("adam")) {
      float beta = number(attributes, "beta");
      return new Adam(alpha, beta, number(attributes, "epsilon"), decay, true);
    }
    String mode = StandardCharsets.UTF_8.decode(attributes.get("mode").duplicate()).toString();
    return new Sgd(alpha, mode.equals("nesterov"), decay, true);
  }

  private static float number(Map<String, ByteBuffer> attributes, String name) {
    return attributes.get(name).getFloat(0);
  }

  /** The attributes of a model's only node: name, and the bytes of a float or of a text. */
  private static Map<String, ByteBuffer> attributes(Path model) throws IOException {
    Map<String, ByteBuffer> attributes = new HashMap<>();
    ByteBuffer graph = only(fields(Files.readAllBytes(model)), 7);
    ByteBuffer node = only(fields(bytes(graph)), 1);
    for (ByteBuffer attribute : fields(bytes(node)).get(5)) {
      Map<Integer, List<ByteBuffer>> fields = fields(bytes(attribute));
      String name = StandardCharsets.UTF_8.decode(only(fields, 1)).toString();
      attributes.put(name, only(fields, fields.containsKey(4) ? 4 : 2));
    }
    return attributes;
  }

  /** The raw data of a tensor. */
  private static float[] floats(Path tensor) throws IOException {
    FloatBuffer values = only(fields(Files.readAllBytes(tensor)), 9).asFloatBuffer();
    float[] floats = new float[values.remaining()];
    values.get(floats);
    return floats;
  }

  /** The fields of a protobuf message by number; of whole numbers their bytes as they stand. */
  private static Map<Integer, List<ByteBuffer>> fields(byte[] message) {
    Map<Integer, List<ByteBuffer>> fields = new HashMap<>();
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      int length =
          switch (tag & 7) {
            case 0 -> lengthOfVarint(in);
            case 2 -> (int) varint(in);
            case 5 -> Float.BYTES;
            default -> throw new AssertionError("wire type " + (tag & 7));
          };
      ByteBuffer value = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      fields.computeIfAbsent(tag >>> 3, number -> new ArrayList<>()).add(value);
      in.position(in.position() + length);
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static int lengthOfVarint(ByteBuffer in) {
    int length = 1;
    while (in.get(in.position() + length - 1) < 0) {
      length++;
    }
    return length;
  }

  private static ByteBuffer only(Map<Integer, List<ByteBuffer>> fields, int number) {
    assertEquals(1, fields.get(number).size());
    return fields.get(number).get(0);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
