package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.convoy.layer.Layer;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** A node of a network as it is being written: one operator of ONNX, or several. */
final class NodeWriter {
  private final Node node;
  private final GraphWriter graph;

  NodeWriter(Node node, GraphWriter graph) {
    this.node = node;
    this.graph = graph;
  }

  void write() {
    LayerForms.write(node.layer(), this);
  }

  /** The shape of one sample of input {@code k}. */
  Shape shape(int k) {
    return node.inputShapes().get(k);
  }

  /** The tensors of the inputs. */
  List<String> inputs() {
    return node.inputs().stream().map(graph::output).toList();
  }

  /** The tensors of the inputs and those of the layer's parameters. */
  List<String> inputsAndParameters() {
    Layer layer = node.layer();
    List<String> all = new ArrayList<>(inputs());
    layer
        .parameters(node.inputShapes())
        .forEach(parameter -> all.add(graph.parameter(node.name() + "." + parameter.name())));
    return all;
  }

  /** The tensor of the layer's parameter of a number. */
  String parameter(int number) {
    return inputsAndParameters().get(node.inputs().size() + number);
  }

  /** Numbers that are no parameter, as a tensor. */
  String constants(String name, float... values) {
    return graph.constants(node.name() + ":" + name, values);
  }

  /** A number that is no parameter, as a tensor. */
  String single(String name, float value) {
    return graph.single(node.name() + ":" + name, value);
  }

  /** Whole numbers that are no parameter, as a tensor. */
  String constant(String name, long... values) {
    return graph.constant(node.name() + ":" + name, values);
  }

  /** Writes an operator whose output is used within the node; gives that output. */
  String within(String type, List<String> inputs, AttributeProto... attributes) {
    return within(type, inputs, List.of(attributes));
  }

  /** Likewise. */
  String within(String type, List<String> inputs, List<AttributeProto> attributes) {
    String output = graph.unique(node.name() + ":" + type);
    graph.add(output, type, inputs, output, attributes);
    return output;
  }

  /** Writes the operator whose output is that of the node. */
  void last(String type, List<String> inputs, AttributeProto... attributes) {
    last(type, inputs, List.of(attributes));
  }

  /** Likewise. */
  void last(String type, List<String> inputs, List<AttributeProto> attributes) {
    graph.add(node.name(), type, inputs, graph.output(node.name()), attributes);
  }

  /** Writes the only operator of the node, which takes the node's inputs. */
  void only(String type, AttributeProto... attributes) {
    last(type, inputs(), attributes);
  }
}
