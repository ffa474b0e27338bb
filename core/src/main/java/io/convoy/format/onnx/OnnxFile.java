package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.convoy.error.ConvoyException;
import java.io.IOException;

/** Reads the protobuf message of an ONNX file that nobody vouches for. */
final class OnnxFile {
  /** Messages in messages: a graph's types and attributes take about ten. */
  private static final int MOST_DEPTH = 32;

  /** Nodes of a graph at the most: what other tools write has some thousands. */
  private static final int MOST_NODES = 20_000;

  private static final int LEAST_OPSET = 7;
  private static final int MOST_OPSET = 26;

  private OnnxFile() {}

  /**
   * Reads a message; the bytes of tensors are not copied.
   *
   * @throws ConvoyException of kind DATA when the bytes are none, or break a rule that all ONNX
   *     files keep
   */
  static ModelProto parse(byte[] bytes, String file) {
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    in.enableAliasing(true);
    in.setRecursionLimit(MOST_DEPTH);
    ModelProto model;
    try {
      model = ModelProto.parseFrom(in);
      if (!in.isAtEnd()) {
        throw ConvoyException.data("%s is no ONNX file: it goes on behind its message", file);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s is no ONNX file, or a damaged one: %s".formatted(file, firstSentence(e.getMessage())),
          e);
    } catch (IOException e) {
      throw new IllegalStateException("cannot happen: the file is read from memory", e);
    }
    int nodes = model.getGraph().getNodeCount();
    if (nodes == 0 || nodes > MOST_NODES) {
      throw ConvoyException.data(
          "%s: an ONNX file must have 1 to %d nodes; it has %d", file, MOST_NODES, nodes);
    }
    return model;
  }

  /** What follows tells programmers what to do. */
  private static String firstSentence(String message) {
    int end = message.indexOf(". ");
    return end < 0 ? message : message.substring(0, end);
  }

  /** The version of ONNX's own operators that the file uses. */
  static long opset(ModelProto model, String file) {
    long version = 0;
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        version = set.getVersion();
      }
    }
    if (version < LEAST_OPSET || version > MOST_OPSET) {
      throw ConvoyException.usage(
          "%s: Convoy reads ONNX's opsets %d to %d; the file is of %d: convert it by ONNX's version"
              + " converter",
          file, LEAST_OPSET, MOST_OPSET, version);
    }
    return version;
  }
}
