package io.convoy.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * A run's folder that nobody has trained: its files, made up. For what pages do with many runs, and
 * with long ones.
 */
record DrawnRun(Path folder) {
  /** A run without a step. */
  static DrawnRun in(Path folder, String name, double rate) throws IOException {
    Files.createDirectories(folder);
    ObjectNode recipe = Json.object().put("name", name).put("seed", 1);
    recipe.putObject("schedule").put("type", "constant").put("rate", rate);
    ObjectNode run = Json.object();
    run.set("recipe", recipe);
    run.put("seed", 1).put("dataFingerprint", "none");
    run.putObject("versions").put("code", "0").put("numerics", 1).put("java", "").put("spark", "");
    Files.write(folder.resolve("run.json"), Json.lines(run));
    return new DrawnRun(folder);
  }

  /** Adds steps, up to the last one. */
  DrawnRun steps(long from, long to) throws IOException {
    try (BufferedWriter lines =
        Files.newBufferedWriter(
            folder.resolve("metrics.jsonl"),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND)) {
      for (long step = from; step <= to; step++) {
        double loss = 2.0 / (1 + step * 1e-3) + new SplittableRandom(step).nextDouble(0.25);
        lines.write("{\"step\":" + step + ",\"epoch\":" + step / 1000 + ",\"samples\":32,");
        lines.write("\"loss\":" + loss + ",\"correct\":");
        lines.write(step % 32 + ",\"rate\":0.1,\"seconds\":0.01,\"dataWaitSeconds\":0.001}\n");
      }
    }
    return this;
  }

  /** Gives it a result. */
  DrawnRun ended(double accuracy) throws IOException {
    Files.write(
        folder.resolve("result.json"),
        Json.lines(Json.object().put("testAccuracy", accuracy).put("testLoss", 1)));
    return this;
  }
}
