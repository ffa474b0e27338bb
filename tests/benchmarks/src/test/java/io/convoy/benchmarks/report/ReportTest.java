package io.convoy.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.benchmarks.Benchmarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drivers themselves, without peers, on the smallest of problems; and what becomes of it. */
class ReportTest {
  private static final String[] SHORT = {
    "--peers", "none", "--threads", "1", "--warm-up", "0", "--seconds", "0", "--rounds", "1"
  };

  private static int bench(String[] options, String... arguments) {
    String[] all = new String[arguments.length + options.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    return Benchmarks.execute(all);
  }

  @Test
  void whatIsMeasuredEndsInTheDocument(@TempDir Path folder) throws IOException {
    Path problems = folder.resolve("mine.txt");
    Files.writeString(problems, "dense in37 out5 n\"mine fc\"\nconv ic4 ih5 oc3 kh3 n\"mine c\"\n");
    Path layers = folder.resolve("runs/layers.json");
    Path networks = folder.resolve("runs/networks.json");
    assertEquals(
        0,
        bench(SHORT, "layers", problems.toString(), "--batch", "1,3", "--json", layers.toString()));
    assertEquals(
        0, bench(SHORT, "networks", "lenet", "--batch", "4,3", "--json", networks.toString()));

    Path document = folder.resolve("benchmarks.md");
    Files.writeString(document, "# By hand\n");
    Path json = folder.resolve("benchmarks.json");
    String[] files = {layers.toString(), networks.toString()};
    int code = bench(files, "report", "--markdown", document.toString(), "--json", json.toString());
    assertEquals(0, code);
    String text = Files.readString(document);
    assertTrue(text.startsWith("# By hand\n\n" + MarkedSection.BEGIN), text);
    assertTrue(text.contains("| lenet | training | 4 | convoy, 1 shard |"), text);
    assertTrue(text.contains("| lenet | inference | 4 | convoy, forward |"), text);
    assertTrue(text.contains("| lenet | inference | 3 | convoy, forward |"), text);
    String runs = Files.readString(json);
    assertTrue(runs.contains("\"direction\" : \"weights\""), runs);
    assertTrue(runs.contains("\"sameBits\" : true"), runs);
    assertFalse(runs.contains("--json"), runs);

    // what was recorded can be reported again, beside what is new
    String[] recorded = {json.toString()};
    assertEquals(
        0, bench(recorded, "report", "--markdown", document.toString(), "--json", json.toString()));
    assertEquals(text, Files.readString(document));
    assertEquals(runs, Files.readString(json));
  }

  @Test
  void unknownNetworksAndBatchesEndWithUsage() {
    assertEquals(2, bench(SHORT, "networks", "lenette"));
    assertEquals(2, bench(SHORT, "networks", "lenet", "--batch", "-1"));
  }
}
