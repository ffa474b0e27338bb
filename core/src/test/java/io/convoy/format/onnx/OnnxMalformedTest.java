package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.convoy.error.ConvoyException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that no tool should write, and what is told of them. */
class OnnxMalformedTest {
  private static final ConvoyException.Kind DATA = ConvoyException.Kind.DATA;
  private static final ConvoyException.Kind USAGE = ConvoyException.Kind.USAGE;

  private static OnnxFiles relu() {
    return OnnxFiles.graph(13, 3, 4, 4).node("Relu", List.of("x"), "y");
  }

  @Test
  void noProtobuf() {
    byte[] text = "no protobuf at all".getBytes(StandardCharsets.UTF_8);
    refuses(DATA, text, "it is no ONNX file, or a damaged one: ");
    refuses(DATA, new byte[0], "it: an ONNX file must have 1 to 20000 nodes; it has 0");
    byte[] whole = relu().drawn("w", 40, 40).bytes();
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      ConvoyException error = assertThrows(ConvoyException.class, () -> OnnxImport.read(cut, "it"));
      assertTrue(error.getMessage().startsWith("it"), error.getMessage());
    }
  }

  /** The length of the graph says two gigabytes. */
  @Test
  void lengthsThatLie() {
    byte[] bytes = {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0, 0};
    refuses(DATA, bytes, "it is no ONNX file, or a damaged one: Protocol message was too large");
  }

  @Test
  void tensorsThatClaimMoreThanTheyHold() {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName("w").setDataType(1).addDims(1 << 15).addDims(1 << 15);
    OnnxFiles raw =
        OnnxFiles.graph(13, 3)
            .node("MatMul", List.of("x", "w"), "y")
            .tensor(tensor.setRawData(ByteString.copyFrom(new byte[1000])).build());
    refuses(
        DATA,
        raw.bytes(),
        "it: tensor 'w' has dimensions [32768, 32768], which take 4294967296 bytes; the file holds"
            + " 1000");
    OnnxFiles overflowing =
        OnnxFiles.graph(13, 3)
            .node("MatMul", List.of("x", "w"), "y")
            .tensor(tensor.clearRawData().addDims(1 << 30).build());
    refuses(DATA, overflowing.bytes(), "it: tensor 'w' must have less than 2^31 elements");
  }

  @Test
  void deepNesting() {
    GraphProto graph = GraphProto.getDefaultInstance();
    for (int depth = 0; depth < 200; depth++) {
      graph =
          GraphProto.newBuilder()
              .addNode(
                  NodeProto.newBuilder()
                      .setOpType("If")
                      .addAttribute(AttributeProto.newBuilder().setName("a").setG(graph)))
              .build();
    }
    byte[] bytes = relu().model().setGraph(graph).build().toByteArray();
    refuses(DATA, bytes, "it is no ONNX file, or a damaged one: Protocol message had too many");
  }

  @Test
  void circlesAndNamesThatAreTaken() {
    OnnxFiles circle =
        OnnxFiles.graph(13, 3, 4, 4)
            .node("Add", List.of("x", "b"), "a")
            .node("Relu", List.of("a"), "b")
            .node("Relu", List.of("b"), "y");
    refuses(DATA, circle.bytes(), "it: node 'a' reads 'b', which nothing before it gives");
    OnnxFiles twice =
        OnnxFiles.graph(13, 3, 4, 4)
            .node("Relu", List.of("x"), "a")
            .node("Relu", List.of("a"), "a")
            .node("Relu", List.of("a"), "y");
    refuses(DATA, twice.bytes(), "it: the tensor 'a' is written twice");
    refuses(DATA, relu().drawn("w", 2).drawn("w", 3).bytes(), "it holds two tensors named 'w'");
  }

  @Test
  void metadataOfOtherTypes() {
    refuses(DATA, withMetadata("classes", "{}"), "it: metadata 'classes' must be a JSON list");
    refuses(DATA, withMetadata("classes", "[1]"), "it: metadata 'classes' must be a JSON list");
    refuses(DATA, withMetadata("classes", "["), "it: metadata 'classes': ");
    refuses(
        DATA,
        withMetadata("convoy.preprocessing", "[".repeat(5000)),
        "it: metadata 'convoy.preprocessing'");
    refuses(
        DATA,
        withMetadata("convoy.preprocessing", "{\"height\": \"a\"}"),
        "it: metadata 'convoy.preprocessing'");
  }

  private static byte[] withMetadata(String key, String value) {
    return relu()
        .model()
        .addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value))
        .build()
        .toByteArray();
  }

  @Test
  void attributesOfOtherTypes() {
    byte[] bytes =
        OnnxFiles.graph(13, 3, 4, 4)
            .node("Elu", List.of("x"), "y", Attributes.number("alpha", 1))
            .bytes();
    refuses(
        USAGE,
        bytes,
        "it uses what Convoy does not have: Elu 'y': attribute alpha must be of type FLOAT; it is"
            + " of INT");
  }

  /** All of it is told at once, with operator, node and reason. */
  @Test
  void whatConvoyDoesNotHave() {
    byte[] bytes =
        OnnxFiles.graph(13, 3, 4, 4)
            .node("Elu", List.of("x"), "a", Attributes.number("other", 1))
            .node("Erf", List.of("x"), "b")
            .node("Add", List.of("a", "b"), "c")
            .node(
                "MaxPool",
                List.of("x"),
                "d",
                Attributes.numbers("kernel_shape", 2, 2),
                Attributes.numbers("dilations", 2, 2))
            .node("Sum", List.of("c", "d"), "y")
            .bytes();
    ConvoyException error = assertThrows(ConvoyException.class, () -> OnnxImport.read(bytes, "it"));
    assertEquals(
        "it uses what Convoy does not have: Elu 'a': attribute other is not known; Erf 'b': Convoy"
            + " has nothing for this operator; MaxPool 'd': attribute dilations is 2x2; Convoy's"
            + " poolings have no dilation",
        error.getMessage());
  }

  private static void refuses(ConvoyException.Kind kind, byte[] bytes, String message) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> OnnxImport.read(bytes, "it"));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
    assertEquals(kind, error.kind(), error.getMessage());
  }
}
