package io.convoy.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.convoy.data.LocalFiles;
import io.convoy.error.ConvoyException;
import io.convoy.format.onnx.OnnxExport;
import io.convoy.inference.Model;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.FineTuning.Head;
import io.convoy.recipe.Preprocessing;
import io.convoy.reference.Numbers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that start from the weights of ONNX files. */
class OnnxStartTest {
  private static final Network NETWORK = Pretrainings.network(5);
  private static final float[] TRAINED = Numbers.array(77, NETWORK.layout().length());

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("w.onnx");
  }

  private Start start(Network network, Head head) {
    FineTuning tuning = FineTuning.from(file().toString()).withHead(head);
    return Starts.of(Pretrainings.recipe(network, tuning), new LocalFiles());
  }

  /** Of the same network: an initialisation from a file, bit for bit. */
  @Test
  void anExportIsAStart() throws IOException {
    export();
    Start start = start(NETWORK, Head.KEEP);
    assertArrayEquals(TRAINED, start.weights());
    StartReport report = start.report().orElseThrow();
    assertEquals(names(NETWORK), report.loaded());
    assertEquals(List.of(), report.fresh());
    assertEquals(List.of(), report.skipped());
    assertEquals(List.of(), report.notes());
  }

  private void export() throws IOException {
    Preprocessing preprocessing =
        Preprocessing.of(Pretrainings.recipe(NETWORK), List.of("a", "b", "c", "d", "e"));
    Model model = new Model("m", NETWORK, TRAINED, preprocessing, ConvolutionAlgorithm.AUTO);
    try (OutputStream out = Files.newOutputStream(file())) {
      OnnxExport.write(model, "test", out);
    }
  }

  private static List<String> names(Network network) {
    return network.layout().entries().stream().map(StateLayout.Entry::name).toList();
  }

  @Test
  void otherClassesWantAnotherHead() throws IOException {
    export();
    Network seven = Pretrainings.network(7);
    ConvoyException error = assertThrows(ConvoyException.class, () -> start(seven, Head.KEEP));
    assertEquals(
        file()
            + ": the tensor 'fc.weight' has the shape [5, 6], the network wants [7, 6]: where the"
            + " classes are others, set fineTuning.head: replace, by which the last layer starts"
            + " anew",
        error.getMessage());
    StartReport report = start(seven, Head.REPLACE).report().orElseThrow();
    assertEquals(List.of("fc.weight", "fc.bias"), report.fresh());
    assertEquals(List.of("fc.weight", "fc.bias"), report.skipped());
  }

  /** Matrices as columns, halves, a wrapper's prefix, and what the network lacks. */
  @Test
  void filesOfOtherTools() throws IOException {
    float[] columns = new float[24]; // of hidden.weight [6, 4]
    for (int i = 0; i < 24; i++) {
      columns[i % 4 * 6 + i / 4] = i;
    }
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInitializer(floats("module.hidden.weight", columns, 4, 6))
            .addInitializer(floats("fc.weight", new float[30], 5, 6))
            .addInitializer(floats("other.weight", new float[2], 2))
            .addInitializer(halves("conv1.weight", 4 * 3 * 3 * 3))
            .addInitializer(TensorProto.newBuilder().setName("axes").setDataType(7).addDims(0))
            .addInitializer(floats("epsilon", new float[1]))
            .addNode(node("MatMul", "module.hidden.weight"))
            .addNode(
                node("Gemm", "fc.weight")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("transB")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(1)));
    Files.write(file(), ModelProto.newBuilder().setGraph(graph).build().toByteArray());
    Start start = start(NETWORK, Head.KEEP);
    StartReport report = start.report().orElseThrow();
    assertEquals(List.of("conv1.weight", "hidden.weight", "fc.weight"), report.loaded());
    assertEquals(List.of("other.weight"), report.skipped());
    assertEquals(
        List.of("'module.' taken off 1 names", "1 tensors of FLOAT16 made floats"), report.notes());
    float[] rows = values(start, "hidden.weight");
    for (int i = 0; i < 24; i++) {
      assertEquals(i, rows[i]);
    }
    for (float one : values(start, "conv1.weight")) {
      assertEquals(1.5f, one);
    }
  }

  private static float[] values(Start start, String name) {
    StateLayout.Entry entry =
        NETWORK.layout().entries().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    return Arrays.copyOfRange(start.weights(), entry.offset(), entry.offset() + entry.length());
  }

  private static NodeProto.Builder node(String type, String weights) {
    return NodeProto.newBuilder().setOpType(type).addInput("x").addInput(weights).addOutput("y");
  }

  private static TensorProto floats(String name, float[] values, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  /** So many times 1.5, as raw bytes. */
  private static TensorProto halves(String name, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putShort((short) 0x3E00);
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT16_VALUE)
        .addDims(4)
        .addDims(3)
        .addDims(3)
        .addDims(3)
        .setRawData(ByteString.copyFrom(bytes.flip()))
        .build();
  }

  @Test
  void whatIsNoStartIsTold() throws IOException {
    Files.write(file(), new byte[] {1, 2, 3});
    ConvoyException error = assertThrows(ConvoyException.class, () -> start(NETWORK, Head.KEEP));
    assertTrue(error.getMessage().startsWith(file() + " is no ONNX file"), error.getMessage());
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInitializer(floats("onnx::Conv_7", new float[2], 2))
            .addNode(node("Conv", "onnx::Conv_7"));
    Files.write(file(), ModelProto.newBuilder().setGraph(graph).build().toByteArray());
    error = assertThrows(ConvoyException.class, () -> start(NETWORK, Head.KEEP));
    assertTrue(
        error.getMessage().startsWith(file() + ": none of its tensors is an array"),
        error.getMessage());
  }
}
