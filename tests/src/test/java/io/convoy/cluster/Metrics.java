package io.convoy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A run's metrics, as they are read from the disk. */
final class Metrics {
  /** What a clock has told, which is never twice the same. */
  private static final List<String> TIMES = List.of("seconds", "dataWaitSeconds", "ranks");

  private Metrics() {}

  /** All lines. */
  static List<JsonNode> lines(Path run) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(mapper.readTree(line));
    }
    return lines;
  }

  /** Those of steps: the others are of validations. */
  static List<JsonNode> steps(Path run) throws IOException {
    return lines(run).stream().filter(line -> line.has("loss")).toList();
  }

  /** The numbers of all steps, in the order of their lines. */
  static List<Long> stepNumbers(Path run) throws IOException {
    return steps(run).stream().map(step -> step.get("step").asLong()).toList();
  }

  /**
   * All lines but for their times and places, by steps: what two runs of one recipe have in common.
   * When the health of a step is told, behind it, depends on the clock.
   */
  static List<String> untimed(Path run) throws IOException {
    List<JsonNode> lines = lines(run);
    lines.sort(
        Comparator.comparingLong((JsonNode line) -> line.get("step").asLong())
            .thenComparing(line -> !line.has("loss")));
    List<String> untimed = new ArrayList<>();
    for (JsonNode line : lines) {
      if (line.has("executors")) {
        continue;
      }
      untimed.add(((ObjectNode) line).without(TIMES).toString());
    }
    return untimed;
  }
}
