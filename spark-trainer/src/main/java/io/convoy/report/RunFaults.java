package io.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.fault.Evidence;
import io.convoy.fault.FaultDetectors;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import java.util.Optional;

/** The faults that a run's recipe, metrics and result point to; its images are not looked at. */
final class RunFaults {
  private final Optional<Evidence> evidence;

  private RunFaults(Optional<Evidence> evidence) {
    this.evidence = evidence;
  }

  /** Of a run; nothing is found of a recipe that this release does not know any more. */
  static RunFaults of(JsonNode recipe) {
    try {
      return new RunFaults(Optional.of(new Evidence(Json.value(recipe, Recipe.class, "recipe"))));
    } catch (ConvoyException e) {
      return new RunFaults(Optional.empty());
    }
  }

  /** Adds a line of the metrics. */
  void add(JsonNode line) {
    evidence.ifPresent(known -> known.add(line));
  }

  /**
   * What is found, and what could not be looked for; null where nobody looked.
   *
   * @param result empty before the run has come to its end
   */
  ObjectNode json(Optional<JsonNode> result) {
    if (evidence.isEmpty()) {
      return null;
    }
    Evidence known = evidence.get();
    result.ifPresent(known::addResult);
    ObjectNode object = Json.object();
    ArrayNode faults = object.putArray("faults");
    FaultDetectors.look(known).forEach(finding -> faults.add(finding.json()));
    ObjectNode reasons = object.putObject("notLookedFor");
    FaultDetectors.blind(known).forEach(reasons::put);
    return object;
  }
}
