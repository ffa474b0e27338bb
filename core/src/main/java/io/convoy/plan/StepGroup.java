package io.convoy.plan;

import io.convoy.layer.Absorption;
import io.convoy.layer.Kept;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.Fusion;
import io.convoy.operation.PassKind;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers that one operation computes: a leading one, and those that are fused with it.
 *
 * @param index the leading layer's place in the network, from 0
 * @param nodes the layers, the leading one first
 * @param fusion what the others add to its formula
 * @param inputs the names of what they read from outside; a residual comes last
 * @param output the name of what comes out
 */
public record StepGroup(
    int index, List<Node> nodes, Fusion fusion, List<String> inputs, String output) {
  public StepGroup {
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
  }

  public Node leading() {
    return nodes.get(0);
  }

  Shape shape() {
    return leading().shape();
  }

  /** Whether backward reads input {@code k}. */
  boolean keepsInput(int k) {
    Kept kept = leading().layer().kept();
    return kept == Kept.INPUTS || (k == 0 && kept == Kept.INPUT);
  }

  /** Whether backward reads the output. */
  boolean keepsOutput() {
    return fusion.rectified() || leading().layer().kept() == Kept.OUTPUT;
  }

  /**
   * The layers that a network's outputs need, in its order, in groups. Members stand one behind the
   * other, and each is the only reader of the one before: so no sum of gradients changes its order.
   * A maximum of rectified values is the rectified maximum, and asks for fewer of them.
   *
   * @param kind which passes will come: in training, auxiliary outputs come out, too
   * @param fuses false for groups of one
   */
  static List<StepGroup> of(Network network, PassKind kind, boolean fuses) {
    List<Node> nodes = nodes(network, kind);
    Map<String, Integer> reads = reads(network, kind);
    Map<String, Integer> places = new HashMap<>();
    network.nodes().forEach(node -> places.put(node.name(), places.size()));
    List<StepGroup> groups = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i += groups.get(groups.size() - 1).nodes().size()) {
      boolean maximum =
          fuses
              && rectifiedMaximum(nodes, i, reads)
              && !keepsGradient(network, kind, nodes.get(i + 1).name());
      groups.add(
          maximum
              ? maximumGroup(nodes, i, places)
              : group(nodes, i, fuses ? members(nodes, i, reads) : 1, places));
    }
    return groups;
  }

  /** What is computed. */
  static List<Node> nodes(Network network, PassKind kind) {
    return kind.trains() ? network.trainingNodes() : network.inferenceNodes();
  }

  /** What the caller reads. */
  static List<Node> outputs(Network network, PassKind kind) {
    return kind.trains() ? network.trainingOutputs() : network.outputs();
  }

  /** Whether the caller reads an activation's gradient behind a backward pass: it must stay. */
  static boolean keepsGradient(Network network, PassKind kind, String activation) {
    return kind == PassKind.ATTRIBUTION
        && outputs(network, kind).stream().anyMatch(output -> output.name().equals(activation));
  }

  /** How often each activation is read: by layers, and an output by the caller. */
  static Map<String, Integer> reads(Network network, PassKind kind) {
    Map<String, Integer> reads = new HashMap<>();
    outputs(network, kind).forEach(output -> reads.merge(output.name(), 1, Integer::sum));
    for (Node node : nodes(network, kind)) {
      node.inputs().forEach(input -> reads.merge(input, 1, Integer::sum));
    }
    return reads;
  }

  private static boolean rectifiedMaximum(List<Node> nodes, int i, Map<String, Integer> reads) {
    return nodes.get(i).layer().rectifies()
        && soleReader(nodes, i, reads)
        && nodes.get(i + 1).layer().absorbs() == Absorption.RECTIFIER_BEFORE;
  }

  private static StepGroup maximumGroup(List<Node> nodes, int i, Map<String, Integer> places) {
    Node relu = nodes.get(i);
    Node pool = nodes.get(i + 1);
    Fusion fusion = new Fusion(false, true);
    return new StepGroup(
        places.get(pool.name()), List.of(pool, relu), fusion, relu.inputs(), pool.name());
  }

  /** How many layers from the i-th on are one group. */
  private static int members(List<Node> nodes, int i, Map<String, Integer> reads) {
    Absorption absorption = nodes.get(i).layer().absorbs();
    if (absorption != Absorption.RECTIFIER && absorption != Absorption.RESIDUAL_AND_RECTIFIER) {
      return 1;
    }
    int last = i;
    boolean residual = absorption == Absorption.RESIDUAL_AND_RECTIFIER;
    if (residual && soleReader(nodes, last, reads) && sumOfTwo(nodes.get(last + 1))) {
      last++;
    }
    boolean rectified = soleReader(nodes, last, reads) && nodes.get(last + 1).layer().rectifies();
    return rectified ? last + 2 - i : 1;
  }

  /** Whether the next layer, and no other, reads the i-th. */
  private static boolean soleReader(List<Node> nodes, int i, Map<String, Integer> reads) {
    return i + 1 < nodes.size()
        && nodes.get(i + 1).inputs().contains(nodes.get(i).name())
        && reads.get(nodes.get(i).name()) == 1;
  }

  private static boolean sumOfTwo(Node node) {
    return node.layer().sums() && node.inputs().size() == 2;
  }

  private static StepGroup group(
      List<Node> nodes, int i, int members, Map<String, Integer> places) {
    List<Node> group = nodes.subList(i, i + members);
    List<String> inputs = new ArrayList<>(group.get(0).inputs());
    for (int m = 1; m < members; m++) {
      String before = group.get(m - 1).name();
      group.get(m).inputs().stream().filter(name -> !name.equals(before)).forEach(inputs::add);
    }
    boolean residual = members == 3;
    String output = group.get(members - 1).name();
    int place = places.get(group.get(0).name());
    return new StepGroup(place, group, new Fusion(residual, members > 1), inputs, output);
  }
}
