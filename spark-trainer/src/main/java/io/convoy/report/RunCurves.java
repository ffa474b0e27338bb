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

  /** Steps that the loss which is told is smoothed over. */
  private static final double SMOOTHED = 20;

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
  private final RankSeconds ranks = new RankSeconds();
  private final LayerHealth health = new LayerHealth();
  private long lastStep;
  private long lastEpoch = -1;
  private double seconds;
  private long samples;
  private long lines;
  private double loss = Double.NaN;
  private double validationLoss = Double.NaN;
  private double validationAccuracy = Double.NaN;
  private double bestAccuracy = Double.NaN;

  /** Adds a line of {@code metrics.jsonl}; what it does not know it passes over. */
  public void add(JsonNode line) {
    lines++;
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
    ranks.add(line);
    health.add(line);
    if (line.path("validationLoss").isNumber()) {
      validated(line);
    }
    long count = line.path("samples").asLong(0);
    if (!line.path("loss").isNumber() || count < 1) {
      return;
    }
    lastStep = step;
    double value = line.get("loss").asDouble();
    loss = Double.isNaN(loss) ? value : loss + (value - loss) / SMOOTHED;
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

  private void validated(JsonNode line) {
    validationLoss = line.get("validationLoss").asDouble();
    validationAccuracy = line.path("validationAccuracy").asDouble(Double.NaN);
    if (!(bestAccuracy >= validationAccuracy)) {
      bestAccuracy = validationAccuracy;
    }
  }

  private ExtremeSeries curve(String name) {
    return curves.computeIfAbsent(name, n -> new ExtremeSeries());
  }

  /** The last step of which there is a line; 0 where there is none. */
  public long lastStep() {
    return lastStep;
  }

  /** How many lines were added. */
  public long lines() {
    return lines;
  }

  /** How far it has come: the last step, its smoothed loss, the last and the best validation. */
  public ObjectNode standing() {
    ObjectNode object = Json.object();
    object.put("lastStep", lastStep).put("epoch", lastEpoch);
    object.put("samples", samples).put("stepSeconds", seconds);
    put(object, "loss", loss);
    put(object, "validationLoss", validationLoss);
    put(object, "validationAccuracy", validationAccuracy);
    put(object, "bestValidationAccuracy", bestAccuracy);
    return object;
  }

  private static void put(ObjectNode object, String key, double value) {
    if (Double.isFinite(value)) {
      object.put(key, value);
    }
  }

  /** Curves by name, and {@code epochs}: {@code [[epoch, its first step], …]}, from 0 and 1. */
  public ObjectNode json() {
    ObjectNode object = standing();
    ArrayNode begins = object.putArray("epochs");
    epochs.forEach((epoch, step) -> begins.addArray().add(epoch).add(step));
    object.set("ranks", ranks.json());
    object.set("health", health.json());
    ObjectNode all = object.putObject("curves");
    curves.forEach((name, curve) -> all.set(name, curve.json()));
    return object;
  }
}
