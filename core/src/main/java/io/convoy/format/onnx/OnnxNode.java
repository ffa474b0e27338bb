package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.convoy.error.ConvoyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A node of an ONNX graph.
 *
 * @param type its operator
 * @param domain empty for ONNX's own operators
 * @param name that the file gives it, or the name of its output
 * @param inputs the tensors that it reads; an empty name for one that is left out
 * @param outputs the tensors that it writes
 */
record OnnxNode(
    String type,
    String domain,
    String name,
    List<String> inputs,
    List<String> outputs,
    Map<String, AttributeProto> attributes) {

  static OnnxNode of(NodeProto node, String file) {
    List<String> outputs = List.copyOf(node.getOutputList());
    String name = node.getName().isEmpty() && !outputs.isEmpty() ? outputs.get(0) : node.getName();
    Map<String, AttributeProto> attributes = new LinkedHashMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attributes.put(attribute.getName(), attribute) != null) {
        throw ConvoyException.data(
            "%s: node '%s' has the attribute '%s' twice", file, name, attribute.getName());
      }
    }
    String domain = node.getDomain().equals("ai.onnx") ? "" : node.getDomain();
    return new OnnxNode(
        node.getOpType(), domain, name, List.copyOf(node.getInputList()), outputs, attributes);
  }

  boolean isOnnx() {
    return domain.isEmpty();
  }

  /** Whether input {@code k} is given. */
  boolean has(int k) {
    return k < inputs.size() && !inputs.get(k).isEmpty();
  }

  /** Whether somebody may ask for output {@code k}. */
  boolean gives(int k) {
    return k < outputs.size() && !outputs.get(k).isEmpty();
  }

  /** Makes sure that no attribute is passed over that means something. */
  void knows(Set<String> known) {
    for (String attribute : attributes.keySet()) {
      if (!known.contains(attribute)) {
        throw Refusal.of("attribute %s is not known", attribute);
      }
    }
  }

  /** An attribute of this type; null where the node has none of the name. */
  private AttributeProto attribute(String name, AttributeType type) {
    AttributeProto attribute = attributes.get(name);
    if (attribute != null && attribute.getType() != type) {
      throw Refusal.of(
          "attribute %s must be of type %s; it is of %s", name, type, attribute.getType());
    }
    return attribute;
  }

  long number(String name, long otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.INT);
    return attribute == null ? otherwise : attribute.getI();
  }

  float decimal(String name, float otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.FLOAT);
    return attribute == null ? otherwise : attribute.getF();
  }

  String text(String name, String otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.STRING);
    return attribute == null ? otherwise : attribute.getS().toStringUtf8();
  }

  /** Whole numbers; null where the node has none of the name. */
  long[] numbers(String name) {
    AttributeProto attribute = attribute(name, AttributeType.INTS);
    return attribute == null
        ? null
        : attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** Numbers with a fraction; null where the node has none of the name. */
  float[] decimals(String name) {
    AttributeProto attribute = attribute(name, AttributeType.FLOATS);
    if (attribute == null) {
      return null;
    }
    float[] values = new float[attribute.getFloatsCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = attribute.getFloats(i);
    }
    return values;
  }

  /** A tensor; null where the node has none of the name. */
  TensorProto tensor(String name) {
    AttributeProto attribute = attribute(name, AttributeType.TENSOR);
    return attribute == null ? null : attribute.getT();
  }

  /** A flag that must not be set. */
  void requireZero(String name, String why) {
    if (number(name, 0) != 0) {
      throw Refusal.of("attribute %s is %s: %s", name, number(name, 0), why);
    }
  }
}
