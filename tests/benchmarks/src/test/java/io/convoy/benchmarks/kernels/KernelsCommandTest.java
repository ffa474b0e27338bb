package io.convoy.benchmarks.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.benchmarks.Benchmarks;
import io.convoy.benchmarks.timing.RunFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelsCommandTest {
  /** Nothing is judged by its time here: another run on the machine does not matter. */
  @BeforeAll
  static void allowOtherRuns() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  private static int kernels(String... arguments) {
    String[] all = new String[arguments.length + 7];
    String[] brief = {"kernels", "--warm-up", "0.03", "--seconds", "0.01", "--rounds", "1"};
    System.arraycopy(brief, 0, all, 0, brief.length);
    System.arraycopy(arguments, 0, all, brief.length, arguments.length);
    return Benchmarks.execute(all);
  }

  @Test
  @Tag("slow")
  void aKernelRunsInAJvmOfItsOwn(@TempDir Path folder) {
    Path json = folder.resolve("runs/kernels.json");
    String[] wanted = {"DepthwiseBenchmark.gradient", "--param", "channels=7"};
    assertEquals(0, kernels(wanted[0], wanted[1], wanted[2], "--json", json.toString()));
    JsonNode results = RunFile.read(json);
    assertEquals(1, results.size());
    JsonNode result = results.get(0);
    assertEquals("7", result.at("/params/channels").asText());
    assertEquals(1, result.get("forks").asInt());
    double calls = result.at("/primaryMetric/score").asDouble();
    double operations = result.at("/secondaryMetrics/operations/score").asDouble();
    assertTrue(calls > 0 && operations > 0, () -> calls + " calls, " + operations + " operations");
    // 2 operations for each of 9 taps of 4 rows of 3584 / 7 pixels; iterations end a little apart
    double expected = 2.0 * 9 * 4 * 3584;
    assertEquals(expected, operations / calls, 0.1 * expected);
  }

  @Test
  void anUnknownKernelEndsWithUsage() {
    assertEquals(2, kernels("Tyle"));
  }

  @Test
  void aSizeWithoutANameEndsWithUsage() {
    assertEquals(2, kernels("Tile", "--param", "512"));
  }
}
