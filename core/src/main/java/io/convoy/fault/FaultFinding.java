package io.convoy.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;

/**
 * A fault of a training that what is known of it points to.
 *
 * @param fault its name, such as {@code rate too high}
 * @param evidence the figures, in words
 * @param meaning what they say
 * @param advice what to try
 * @param figures the evidence, for programs
 */
public record FaultFinding(
    String fault, String evidence, String meaning, String advice, ObjectNode figures) {
  /** One line for a log: {@code rate too high: …; try this}. */
  public String line() {
    return "%s: %s; %s".formatted(fault, evidence, advice);
  }

  /** All of it for programs, the figures as they are. */
  public ObjectNode json() {
    ObjectNode object = Json.object();
    object.put("fault", fault).put("evidence", evidence);
    object.put("meaning", meaning).put("advice", advice);
    object.set("figures", figures);
    return object;
  }
}
