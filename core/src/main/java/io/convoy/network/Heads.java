package io.convoy.network;

import io.convoy.layer.Parameter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The heads of a network: the last layer with weights before each output, those of training
 * included, and the normalisations behind it. Their shapes follow the number of classes.
 */
public final class Heads {
  private final Network network;
  private final Set<String> layers = new LinkedHashSet<>();

  private Heads(Network network) {
    this.network = network;
  }

  /** The names of the layers. */
  public static Set<String> of(Network network) {
    Heads heads = new Heads(network);
    network.trainingOutputs().forEach(heads::visit);
    return heads.layers;
  }

  private void visit(Node node) {
    List<Parameter> parameters = node.layer().parameters(node.inputShapes());
    if (!parameters.isEmpty()) {
      layers.add(node.name());
    }
    if (parameters.stream().anyMatch(p -> p.role() == Parameter.Role.WEIGHT)) {
      return;
    }
    network.nodes().stream()
        .filter(before -> node.inputs().contains(before.name()))
        .forEach(this::visit);
  }
}
