package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.RealData;
import io.convoy.loss.OnnxFields.Field;
import io.convoy.targets.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The ONNX project's own tests of SoftmaxCrossEntropyLoss: with and without class weights, summed,
 * as a mean, and one by one. A place of an image is a sample here; one whose label is ignored is
 * none. Those of NegativeLogLikelihoodLoss have logarithms of probabilities that do not add up to
 * 1, and no softmax; those named "expanded" have the same numbers once more.
 */
@Tag("data")
class OnnxLossTest {
  private static final double TOLERANCE = 1e-5;

  /** A tensor of a test: its extents and its bytes. */
  private record Onnx(int[] extents, ByteBuffer raw) {
    static Onnx read(Path file) throws IOException {
      List<Field> fields = OnnxFields.of(Files.readAllBytes(file));
      int[] extents =
          fields.stream().filter(f -> f.number() == 1).mapToInt(f -> (int) f.value()).toArray();
      Field raw = fields.stream().filter(f -> f.number() == 9).findFirst().orElseThrow();
      return new Onnx(extents, ByteBuffer.wrap(raw.bytes()).order(ByteOrder.LITTLE_ENDIAN));
    }

    float at(int i) {
      return raw.getFloat(i * Float.BYTES);
    }

    int label(int i) {
      return (int) raw.getLong(i * Long.BYTES);
    }

    int elements() {
      return Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    }
  }

  @Test
  void crossEntropyIsThatOfTheOnnxProject() throws IOException {
    List<Path> tests;
    try (Stream<Path> folders = Files.list(RealData.folder("onnx-node-tests").resolve("node"))) {
      tests =
          folders
              .filter(folder -> folder.getFileName().toString().startsWith("test_sce_"))
              .filter(folder -> !folder.getFileName().toString().contains("expanded"))
              .sorted()
              .toList();
    }
    assertEquals(34, tests.size());
    for (Path test : tests) {
      compare(test);
    }
  }

  private static void compare(Path test) throws IOException {
    Path data = test.resolve("test_data_set_0");
    Onnx scores = Onnx.read(data.resolve("input_0.pb"));
    Onnx labels = Onnx.read(data.resolve("input_1.pb"));
    Onnx expected = Onnx.read(data.resolve("output_0.pb"));
    int classes = scores.extents[1];
    int places = labels.elements() / scores.extents[0];
    Path weights = data.resolve("input_2.pb");
    ClassWeights classWeights = null;
    if (Files.exists(weights)) {
      Onnx given = Onnx.read(weights);
      float[] values = new float[classes];
      for (int c = 0; c < classes; c++) {
        values[c] = given.at(c);
      }
      classWeights = ClassWeights.of(values);
    }
    List<Field> node = node(test.resolve("model.onnx"));
    Long ignored = attribute(node, "ignore_index").map(f -> field(f, 3).value()).orElse(null);
    String reduction =
        attribute(node, "reduction").map(f -> OnnxFields.text(field(f, 4))).orElse("mean");
    Loss loss = new SoftmaxCrossEntropy(0, classWeights, 0);
    List<Integer> used = new ArrayList<>();
    for (int i = 0; i < labels.elements(); i++) {
      if (ignored == null || labels.label(i) != ignored) {
        used.add(i);
      } else if (reduction.equals("none")) {
        assertEquals(0, expected.at(i), test + " at " + i);
      }
    }
    float[] z = new float[used.size() * classes];
    int[] of = new int[used.size()];
    for (int n = 0; n < of.length; n++) {
      of[n] = labels.label(used.get(n));
      int sample = used.get(n) / places;
      for (int c = 0; c < classes; c++) {
        z[n * classes + c] = scores.at((sample * classes + c) * places + used.get(n) % places);
      }
    }
    Target[] targets = Targets.labels(of);
    assertTrue(of.length > 0, test.toString());
    if (reduction.equals("none")) {
      for (int n = 0; n < of.length; n++) {
        float[] one = Arrays.copyOfRange(z, n * classes, (n + 1) * classes);
        LossRig rig = new LossRig(loss, classes, new Target[] {targets[n]}, one);
        assertClose(expected.at(used.get(n)), rig.loss(), test);
      }
      return;
    }
    LossRig rig = new LossRig(loss, classes, targets, z);
    double got = reduction.equals("sum") ? rig.loss() : rig.loss() / rig.weight();
    assertClose(expected.at(0), got, test);
  }

  private static void assertClose(double expected, double got, Path test) {
    assertEquals(expected, got, TOLERANCE * Math.max(1, Math.abs(expected)), test.toString());
  }

  /** The fields of the one node of a model's graph. */
  private static List<Field> node(Path model) throws IOException {
    List<Field> graph = OnnxFields.of(field(OnnxFields.of(Files.readAllBytes(model)), 7).bytes());
    return OnnxFields.of(field(graph, 1).bytes());
  }

  private static Optional<List<Field>> attribute(List<Field> node, String name) {
    return node.stream()
        .filter(field -> field.number() == 5)
        .map(field -> OnnxFields.of(field.bytes()))
        .filter(fields -> OnnxFields.text(field(fields, 1)).equals(name))
        .findFirst();
  }

  private static Field field(List<Field> fields, int number) {
    return fields.stream().filter(field -> field.number() == number).findFirst().orElseThrow();
  }
}
