package io.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run's metrics say over its steps, in bounded memory: curves, where epochs begin, and how
 * far it has come. Lines are added in the order of the file.
 */
public final class RunCurves {
  /** Beginnings of epochs that are kept: more would be a wall of lines. */
  private static final int EPOCHS = 200;

  private static final Map<String, String> KEYS =
      Map.of(
          "loss", "loss",
          "rate", "rate",
          "gradientNorm", "gradientNorm",
          "seconds", "seconds",
          "dataWaitSeconds", "dataWait",
          "validationLoss", "validationLoss",
          "validationAccuracy", "validationAccuracy");

  private final Map<String, ExtremeSeries> curves = new LinkedHashMap<>();
  private final Map<Long, Long> epochs = new LinkedHashMap<>();
  private long lastStep;
  private long lastEpoch = -1;
  private double seconds;
  private long samples;

  /** Adds a line of {@code metrics.jsonl}; what it does not know it passes over. */
  public void add(JsonNode line) {
    long step = line.path("step").asLong(-1);
    if (step < 0) {
      return;
    }
    KEYS.forEach(
        (key, curve) -> {
          if (line.path(key).isNumber()) {
            curve(curve).add(step, line.get(key).asDouble());
          }
        });
    long count = line.path("samples").asLong(0);
    if (!line.path("loss").isNumber() || count < 1) {
      return;
    }
    lastStep = step;
    samples += count;
    seconds += line.path("seconds").asDouble(0);
    if (line.path("correct").isNumber()) {
      curve("accuracy").add(step, line.get("correct").asDouble() / count);
    }
    long epoch = line.path("epoch").asLong(-1);
    if (epoch > lastEpoch) {
      lastEpoch = epoch;
      if (epochs.size() < EPOCHS) {
        epochs.put(epoch, step);
      }
    }
  }

  private ExtremeSeries curve(String name) {
    return curves.computeIfAbsent(name, n -> new ExtremeSeries());
  }

  /** The last step of which there is a line; 0 where there is none. */
  public long lastStep() {
    return lastStep;
  }

  /** Curves by name, and {@code epochs}: {@code [[epoch, its first step], …]}, from 0 and 1. */
  public ObjectNode json() {
    ObjectNode object = Json.object();
    object.put("lastStep", lastStep);
    object.put("samples", samples).put("stepSeconds", seconds);
    ArrayNode begins = object.putArray("epochs");
    epochs.forEach((epoch, step) -> begins.addArray().add(epoch).add(step));
    ObjectNode all = object.putObject("curves");
    curves.forEach((name, curve) -> all.set(name, curve.json()));
    return object;
  }
}
