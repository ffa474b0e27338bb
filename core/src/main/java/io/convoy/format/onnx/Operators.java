package io.convoy.format.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What becomes of each operator of ONNX that Convoy takes. */
final class Operators {
  /** What becomes of a node with an operator. */
  @FunctionalInterface
  interface Operator {
    /**
     * Adds what computes the node.
     *
     * @return its first output
     * @throws Refusal when Convoy has nothing that does
     */
    Value read(OnnxNode node, GraphReader graph);
  }

  private record Known(Operator operator, Set<String> attributes) {}

  private final Map<String, Known> known = new HashMap<>();

  Operators() {
    ConvolutionOperators.addTo(this);
    TransposedConvolution.addTo(this);
    NormOperators.addTo(this);
    PoolingOperators.addTo(this);
    DenseOperators.addTo(this);
    ElementOperators.addTo(this);
    ArithmeticOperators.addTo(this);
    ShapeOperators.addTo(this);
    ChannelOperators.addTo(this);
    ResizeOperators.addTo(this);
    PadOperators.addTo(this);
    ConstantOperators.addTo(this);
  }

  /**
   * @param attributes that it knows; a node with others is refused
   */
  void add(String type, Operator operator, String... attributes) {
    known.put(type, new Known(operator, Set.of(attributes)));
  }

  Set<String> types() {
    return new TreeSet<>(known.keySet());
  }

  Value read(OnnxNode node, GraphReader graph) {
    Known one = node.isOnnx() ? known.get(node.type()) : null;
    if (one == null) {
      throw new Refusal("Convoy has nothing for this operator");
    }
    node.knows(one.attributes());
    for (int k = 1; k < node.outputs().size(); k++) {
      if (!node.type().equals("Split") && node.gives(k) && graph.isRead(node.outputs().get(k))) {
        throw Refusal.of(
            "output %d, '%s', is read; Convoy gives the first alone", k + 1, node.outputs().get(k));
      }
    }
    return one.operator().read(node, graph);
  }

  /** Dimensions as text. */
  static String text(List<Integer> dims) {
    return dims.toString();
  }
}
