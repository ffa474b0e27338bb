package io.convoy.zoo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Architectures by the way that a recipe takes. */
final class Architectures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Architectures() {}

  /** With auxiliary heads, for square images. */
  static Architecture withHeads(String name, int side, int classes) {
    return withHeads(name, List.of(side, side, 3), classes);
  }

  static Architecture withHeads(String name, List<Integer> input, int classes) {
    ObjectNode json = JSON.createObjectNode().put("type", name).put("classes", classes);
    json.set("input", JSON.valueToTree(input));
    return Architecture.read(json.put("auxiliaryHeads", true), "network");
  }

  static Architecture of(String name, List<Integer> input, int classes) {
    ObjectNode json = JSON.createObjectNode().put("type", name).put("classes", classes);
    json.set("input", JSON.valueToTree(input));
    return Architecture.read(json, "network");
  }
}
