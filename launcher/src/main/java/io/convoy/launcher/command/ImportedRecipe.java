package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.inference.Model;
import io.convoy.json.Json;

/** A recipe by which an imported network trains on. */
final class ImportedRecipe {
  private ImportedRecipe() {}

  /**
   * Its text: the network layer by layer, and the weights of its checkpoint; what it trains on is
   * left to who goes on with it.
   *
   * @param place of the checkpoint
   */
  static String text(Model model, String place) {
    ObjectNode network = (ObjectNode) model.network().toJson();
    StringBuilder layers = new StringBuilder();
    for (JsonNode layer : network.get("layers")) {
      layers.append("    - ").append(layer).append("\n");
    }
    String outputs = network.has("outputs") ? "  outputs: " + network.get("outputs") + "\n" : "";
    return """
    # Say what to train on, and for how long; docs/recipes.md has all keys.
    name: imported
    data: {format: folders, path: images}
    batchSize: 32
    epochs: 1
    optimizer: {type: sgd, momentum: 0.9}
    schedule: {type: constant, rate: 0.001}
    standardization: %s
    network:
      weights: %s
      input: %s
    %s  layers:
    %s"""
        .formatted(
            Json.text(model.preprocessing().standardization()),
            Json.text(place),
            network.get("input"),
            outputs,
            layers);
  }
}
