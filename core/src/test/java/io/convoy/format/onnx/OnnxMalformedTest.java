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
import com.google.protobuf.InvalidProtocolBufferException;
import io.convoy.error.ConvoyException;
import io.convoy.reference.Effort;
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

  /** A kilobyte, or some, that asks for much: each ends within a second, in little memory. */
  @Test
  void littleFilesThatAskForMuch() {
    OnnxFiles scaled =
        OnnxFiles.graph(13, 1 << 30)
            .floats("two", List.of(), 2)
            .node("Mul", List.of("x", "two"), "y");
    refuses(
        USAGE,
        scaled.bytes(),
        "it uses what Convoy does not have: Mul 'y': Convoy keeps a number for each channel, and at"
            + " most 1048576; got 1073741824 channels");
    OnnxFiles turned =
        OnnxFiles.graph(13, 1 << 30)
            .longs("rows", 0, 1 << 15, 1 << 15)
            .node("Reshape", List.of("x", "rows"), "a")
            .node("Transpose", List.of("a"), "b", Attributes.numbers("perm", 0, 2, 1))
            .longs("many", 0, 1 << 10, 1 << 5, 1 << 15)
            .node("Reshape", List.of("b", "many"), "c")
            .node("Transpose", List.of("c"), "d", Attributes.numbers("perm", 0, 3, 2, 1))
            .node("Flatten", List.of("d"), "y");
    refuses(
        USAGE,
        turned.bytes(),
        "it uses what Convoy does not have: Flatten 'y': Convoy puts at most 65536 channels in"
            + " another order; got 1073741824");
    OnnxFiles copies = OnnxFiles.graph(13, 1 << 19).floats("two", List.of(), 2);
    OnnxFiles casts = OnnxFiles.graph(13, 64, 1, 1).drawn("w", 64, 64);
    OnnxFiles layers = OnnxFiles.graph(13, 64).drawn("w", 64, 64);
    String copied = "x";
    String dense = "x";
    for (int i = 0; i < 15_000; i++) {
      copies.node("Mul", List.of(copied, "two"), "a" + i);
      casts.node("Transpose", List.of("w"), "a" + i);
      layers.node("MatMul", List.of(dense, "w"), "a" + i);
      copied = "a" + i;
      dense = copied;
    }
    copies.node("Relu", List.of(copied), "y");
    casts.node("Conv", List.of("x", "a14999"), "y");
    layers.node("Relu", List.of(dense), "y");
    String much = "it: its nodes ask for more copies of its numbers than Convoy keeps";
    refuses(DATA, copies.bytes(), much);
    refuses(DATA, layers.bytes(), much);
    for (OnnxFiles file : List.of(scaled, turned, copies, casts, layers)) {
      byte[] bytes = file.bytes();
      Effort<ConvoyException> effort =
          Effort.of(() -> assertThrows(ConvoyException.class, () -> OnnxImport.read(bytes, "it")));
      assertTrue(effort.isLittle(bytes.length), effort::toString);
    }
  }

  /** Messages of two bytes each. */
  @Test
  void emptyMessagesByTheMillion() {
    byte[] attributes = new byte[1 << 21];
    for (int i = 0; i < attributes.length; i += 2) {
      attributes[i] = 0x2a; // an attribute of a node, of no bytes
    }
    NodeProto node;
    try {
      node = NodeProto.parseFrom(attributes);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    byte[] bytes =
        relu().model().setGraph(GraphProto.newBuilder().addNode(node)).build().toByteArray();
    Effort<ConvoyException> effort =
        Effort.of(() -> assertThrows(ConvoyException.class, () -> OnnxImport.read(bytes, "it")));
    assertTrue(effort.isLittle(bytes.length), effort::toString);
  }

  private static void refuses(ConvoyException.Kind kind, byte[] bytes, String message) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> OnnxImport.read(bytes, "it"));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
    assertEquals(kind, error.kind(), error.getMessage());
  }
}
