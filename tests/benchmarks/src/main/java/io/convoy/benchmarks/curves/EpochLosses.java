package io.convoy.benchmarks.curves;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** The mean loss of each epoch of a training. */
final class EpochLosses {
  private final TreeMap<Integer, double[]> sums = new TreeMap<>();

  /** As a run has written them: its {@code metrics.jsonl}. */
  static EpochLosses ofRun(Path run) {
    Path file = run.resolve("metrics.jsonl");
    EpochLosses losses = new EpochLosses();
    try {
      List<String> lines = Files.readAllLines(file);
      for (String line : lines) {
        JsonNode step =
            Json.readFile(line.getBytes(StandardCharsets.UTF_8), JsonNode.class, file.toString());
        if (step.hasNonNull("loss") && step.hasNonNull("samples")) {
          losses.add(
              step.get("epoch").asInt(), step.get("samples").asInt(), step.get("loss").asDouble());
        }
      }
    } catch (IOException e) {
      throw new ConvoyException(ConvoyException.Kind.RESOURCE, "cannot read " + file + ": " + e, e);
    }
    return losses;
  }

  /**
   * Adds a step.
   *
   * @param epoch from 0
   * @param loss the mean over the step's samples
   */
  void add(int epoch, int samples, double loss) {
    double[] sum = sums.computeIfAbsent(epoch, e -> new double[2]);
    sum[0] += samples * loss;
    sum[1] += samples;
  }

  /** The mean over the samples of an epoch; NaN where there are none. */
  double mean(int epoch) {
    double[] sum = sums.getOrDefault(epoch, new double[2]);
    return sum[0] / sum[1];
  }
}
