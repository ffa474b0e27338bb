package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.convoy.data.RealData;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** What Convoy has not, or does not mean: its networks have one input, and label images. */
  private static final List<String> REASONS =
      List.of(
          "(Average|Max)Pool .*: input 1 must be images .*", // one dimension, or three
          "(Average|Max)Pool .*: attribute dilations is 2x2; .*",
          "(BatchNormalization|Dropout) .*training_mode.*",
          "(Add|Mul) .*: channels cannot be told .*", // two inputs of the test
          "(Softmax|LogSoftmax|PRelu|LayerNormalization) .*: channels cannot be told .*",
          "(Softmax|LogSoftmax) .*: attribute axis is .*",
          "(Conv|ConvTranspose) .*: (weights|input 1) must be .*", // one dimension, or three
          "(Sum|Concat) .*: input 2 must follow from the network's input; .*", // likewise
          "Pad .*: pads with 1.2; .*",
          "Flatten .*: attribute axis is .*",
          "Gemm .*: attribute transA is 1: .*",
          "Gemm .*: a constant must have one number .* it is \\[3, 4\\]",
          "MatMul .*: input 1 must be vectors .*",
          "ReduceMean .*: Convoy takes means over the space .*",
          "(Reshape|Squeeze|Unsqueeze|Transpose) .*", // of the samples themselves
          "Clip .*: hardTanh: min must be a number below max; .*");

  private static final Set<String> OPERATORS = new Operators().types();

  private static final int PASSING = 117;

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
    over.forEach((name, reason) -> System.out.println(reason));
    System.out.println(passed.size() + " pass, " + over.size() + " are passed over");
    assertEquals(List.of(), over.entrySet().stream().filter(OperatorTest::isNoReason).toList());
    assertEquals(PASSING, passed.size());
  }

  private static boolean isNoReason(Map.Entry<String, String> over) {
    String start = over.getKey() + " uses what Convoy does not have: ";
    return REASONS.stream().noneMatch(reason -> over.getValue().matches(start + reason));
  }

  private static boolean isWithin(ModelProto model) {
    GraphProto graph = model.getGraph();
    return graph.getNodeList().stream().allMatch(node -> OPERATORS.contains(node.getOpType()))
        && graph.getInputCount() > 0
        && graph.getInput(0).getType().getTensorType().getElemType()
            == TensorProto.DataType.FLOAT_VALUE;
  }

  private static void check(String name, ModelProto model, Path data) throws IOException {
    TensorProto input = tensor(data, "input_0.pb");
    OnnxImport read = OnnxImport.read(withConstants(model, data), name);
    List<float[]> actual =
        Networks.outputs(read.network(), read.state(), OnnxTensor.read(input, name).floats());
    float[] expected = OnnxTensor.read(tensor(data, "output_0.pb"), name).floats();
    assertEquals(expected.length, actual.get(0).length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual.get(0)[i], 1e-7 + TOLERANCE * Math.abs(expected[i]), name);
    }
  }

  /**
   * The same model where all inputs but the first are constants, and where the operator stands
   * between dropouts: so there is a layer whatever becomes of it, and a softmax is not the end.
   */
  private static byte[] withConstants(ModelProto model, Path data) throws IOException {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    List<ValueInfoProto> inputs = List.copyOf(graph.getInputList());
    graph.clearInput().addInput(inputs.get(0));
    ValueInfoProto output = graph.getOutput(0);
    graph.clearOutput().addOutput(output.toBuilder().setName("end")); // no mask, no index
    String given = inputs.get(0).getName();
    String passed = given + ".passed";
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (int k = 0; k < node.getInputCount(); k++) {
        if (node.getInput(k).equals(given)) {
          node.setInput(k, passed);
        }
      }
    }
    graph.addNode(
        NodeProto.newBuilder().setOpType("Dropout").addInput(output.getName()).addOutput("end"));
    graph.addNode(0, NodeProto.newBuilder().setOpType("Dropout").addInput(given).addOutput(passed));
    for (int k = 1; k < inputs.size(); k++) {
      graph.addInitializer(
          tensor(data, "input_" + k + ".pb").toBuilder().setName(inputs.get(k).getName()));
    }
    return model.toBuilder().setGraph(graph).build().toByteArray();
  }

  private static TensorProto tensor(Path data, String name) throws IOException {
    return TensorProto.parseFrom(Files.readAllBytes(data.resolve(name)));
  }
}
