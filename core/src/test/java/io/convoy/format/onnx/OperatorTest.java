package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.convoy.data.RealData;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The ONNX project's own tests of operators: each that is within Convoy's operators, in float32,
 * gives the outputs that are told there, or is passed over for a reason that this test names.
 */
@Tag("data")
class OperatorTest {
  /** That of the ONNX project's own runner. */
  private static final double TOLERANCE = 1e-3;

  private static final String START = "%s uses what Convoy does not have: ";

  /** What Convoy has not, or does not mean: what is told of it, and why in a word. */
  private static final Map<String, String> REASONS = reasons();

  private static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    String images = "one dimension, or three: Convoy has images";
    reasons.put("(Average|Max)Pool .*: input 1 must be images .*", images);
    reasons.put("ConvTranspose .*: (weights|input 1) must be .*", images);
    reasons.put("(Average|Max)Pool .*: attribute dilations is 2x2; .*", "poolings with dilation");
    String training = "training: Convoy reads networks for inference";
    reasons.put("(BatchNormalization|Dropout) .*training_mode.*", training);
    String rows = "rows of a matrix in each sample, which Convoy has as one vector";
    reasons.put("(Softmax|LogSoftmax) .*: channels cannot be told .*", rows);
    reasons.put("ReduceMean .*: Convoy takes means and maxima over the space .*", rows);
    reasons.put("MatMul .*: input 1 must be vectors .*", rows);
    reasons.put("Concat .*: attribute axis is 2; .*", rows);
    String samples = "samples that are mixed, or numbers for each of them";
    reasons.put("(Reshape|Squeeze|Unsqueeze|Transpose|Flatten|Concat) .*", samples);
    reasons.put("Gemm .*: attribute transA is 1: .*", samples);
    reasons.put("PRelu .*: a constant \\[3, 4, 5\\] does not fit .*", samples);
    reasons.put("Gemm .*: a constant must have one number .* it is \\[3, 4\\]", samples);
    reasons.put("Pad .*: pads with 1.2; .*", "a border that is not zero");
    reasons.put("Clip .*: hardTanh: min must be .*", "a clip to one number");
    return reasons;
  }

  private static final Set<String> OPERATORS = new Operators().types();

  private static final int PASSING = 128;

  @Test
  void operatorsGiveWhatOnnxSays() throws IOException {
    Path folder = RealData.folder("onnx-node-tests/node");
    List<String> passed = new ArrayList<>();
    Map<String, String> over = new TreeMap<>();
    try (Stream<Path> tests = Files.list(folder).sorted()) {
      for (Path test : (Iterable<Path>) tests::iterator) {
        String name = test.getFileName().toString();
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(test.resolve("model.onnx")));
        if (!isWithin(model)) {
          continue;
        }
        try {
          check(name, model, test.resolve("test_data_set_0"));
          passed.add(name);
        } catch (ConvoyException e) {
          over.put(name, e.getMessage());
        }
      }
    }
    byReason(over).forEach((reason, names) -> System.out.println(reason + ": " + names));
    System.out.println(passed.size() + " pass, " + over.size() + " are passed over");
    assertEquals(List.of(), over.entrySet().stream().filter(OperatorTest::isNoReason).toList());
    assertEquals(PASSING, passed.size());
  }

  /** Names of tests by what is told of them, less what differs from test to test. */
  private static Map<String, List<String>> byReason(Map<String, String> over) {
    Map<String, List<String>> names = new TreeMap<>();
    over.forEach(
        (name, reason) ->
            names
                .computeIfAbsent(
                    REASONS.keySet().stream()
                        .filter(pattern -> reason.matches(START.formatted(name) + pattern))
                        .map(REASONS::get)
                        .findFirst()
                        .orElse(reason),
                    known -> new ArrayList<>())
                .add(name));
    return names;
  }

  private static boolean isNoReason(Map.Entry<String, String> over) {
    String start = START.formatted(over.getKey());
    return REASONS.keySet().stream().noneMatch(why -> over.getValue().matches(start + why));
  }

  private static boolean isWithin(ModelProto model) {
    GraphProto graph = model.getGraph();
    return graph.getNodeList().stream().allMatch(node -> OPERATORS.contains(node.getOpType()))
        && graph.getInputCount() > 0
        && graph.getInput(0).getType().getTensorType().getElemType()
            == TensorProto.DataType.FLOAT_VALUE;
  }

  private static void check(String name, ModelProto model, Path data) throws IOException {
    List<TensorProto> inputs = new ArrayList<>();
    for (int k = 0; k < model.getGraph().getInputCount(); k++) {
      inputs.add(tensor(data, "input_" + k + ".pb"));
    }
    float[] expected = OnnxTensor.read(tensor(data, "output_0.pb"), name).floats();
    try {
      float[] samples = OnnxTensor.read(inputs.get(0), name).floats();
      assertGives(expected, OperatorGraph.withConstants(model, inputs), samples, name);
    } catch (ConvoyException e) {
      if (!OperatorGraph.canPack(inputs)) {
        throw e;
      }
      float[] samples = OperatorGraph.packed(inputs);
      try {
        assertGives(expected, OperatorGraph.withPackedInputs(model, inputs), samples, name);
      } catch (ConvoyException packed) {
        throw packed.getMessage().contains("must be a constant") ? e : packed;
      }
    }
  }

  private static void assertGives(float[] expected, byte[] file, float[] samples, String name) {
    OnnxImport read = OnnxImport.read(file, name);
    float[] actual = Networks.outputs(read.network(), read.state(), samples).get(0);
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 1e-7 + TOLERANCE * Math.abs(expected[i]), name);
    }
  }

  private static TensorProto tensor(Path data, String name) throws IOException {
    return TensorProto.parseFrom(Files.readAllBytes(data.resolve(name)));
  }
}
