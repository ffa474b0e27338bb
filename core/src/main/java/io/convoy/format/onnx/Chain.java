package io.convoy.format.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Nodes one after the other, each of which alone reads what the one before gives: several operators
 * of ONNX that are one layer of Convoy's.
 */
final class Chain {
  private Chain() {}

  /**
   * The nodes behind one.
   *
   * @param types of them, in their order; one that ends in {@code ?} may be missing, and of several
   *     that {@code |} parts there is one
   * @return empty where others follow
   */
  static Optional<List<OnnxNode>> behind(OnnxNode first, GraphReader graph, String... types) {
    List<OnnxNode> found = new ArrayList<>();
    OnnxNode last = first;
    for (String type : types) {
      boolean optional = type.endsWith("?");
      List<String> any = List.of(type.replace("?", "").split("\\|"));
      Optional<OnnxNode> next =
          graph.onlyReader(last).filter(node -> node.isOnnx() && any.contains(node.type()));
      if (next.isPresent()) {
        last = next.get();
        found.add(last);
      } else if (!optional) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  /** The one number that a node takes beside what the node before it gives; empty for others. */
  static Optional<Float> number(OnnxNode node, OnnxNode before, GraphReader graph) {
    if (node.inputs().size() != 2) {
      return Optional.empty();
    }
    int other = node.inputs().get(0).equals(before.outputs().get(0)) ? 1 : 0;
    return graph
        .find(node, other)
        .filter(constant -> constant.floats() != null && constant.length() == 1)
        .map(constant -> constant.floats()[0]);
  }
}
