package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convoy ensemble} as a user calls it. */
@Tag("slow")
final class EnsembleCommandTest {
  private static final int USAGE = 2;

  @TempDir Path folder;
  private Path one;
  private Path two;

  @BeforeEach
  void train() throws Exception {
    TinyRun tiny = TinyRun.in(folder);
    one = folder.resolve("one");
    two = folder.resolve("two");
    for (Path run : List.of(one, two)) {
      List<String> words =
          tiny.train(
              run,
              "--set",
              "seed=" + (run.equals(one) ? 1 : 2),
              "--set",
              "validation={samples: 40, seed: 1}");
      try (LauncherProcess training = LauncherProcess.of(words)) {
        training.succeeds();
      }
    }
  }

  private String ensemble(String out, String... further) throws Exception {
    List<String> words = new ArrayList<>(List.of("ensemble", one.toString(), two.toString()));
    words.addAll(List.of("--data", folder.toString(), "--out", folder.resolve(out).toString()));
    words.addAll(List.of(further));
    try (LauncherProcess process = LauncherProcess.of(words)) {
      return process.succeeds();
    }
  }

  private Map<String, String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            root.relativize(file).toString(),
            Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  @Test
  void theSameBytesByAnyNumberOfExecutors() throws Exception {
    String told = ensemble("here", "--select", "last:2", "--take", "equal");
    assertTrue(told.contains("members, chosen on 40 held-back images:"), told);
    assertTrue(told.contains("  3  " + two + ", step 8"), told);
    assertTrue(told.lines().anyMatch(line -> line.startsWith("weights ")), told);
    assertTrue(told.lines().anyMatch(line -> line.startsWith("Take ")), told);
    assertTrue(told.contains("here holds equal; --take NAME takes another"), told);
    ensemble(
        "there", "--select", "last:2", "--take", "equal", "--executors", "2", "--threads", "1");
    assertEquals(files("here"), files("there"));
    assertTrue(files("here").containsKey("selection.json"));
    assertTrue(files("here").containsKey("ensemble.json"));
    Path own = Files.createDirectories(folder.resolve("own"));
    IdxDataSet data = Trainings.data(own, 77);
    Files.move(Path.of(data.images()), own.resolve("t10k-images-idx3-ubyte"));
    Files.move(Path.of(data.labels()), own.resolve("t10k-labels-idx1-ubyte"));
    String[] words = {"--select", "last:2", "--take", "equal", "--validation", own.toString()};
    told = ensemble("mine", words);
    assertTrue(told.contains("members, chosen on the 77 images of file:" + own + " (SHA-"), told);
    ensemble(
        "yours",
        Stream.concat(Stream.of(words), Stream.of("--executors", "2")).toArray(String[]::new));
    assertEquals(files("mine"), files("yours"));
  }

  @Test
  void asJson() throws Exception {
    String told = ensemble("json", "--select", "soup", "--json");
    String line = told.lines().filter(one -> one.startsWith("{")).findFirst().orElseThrow();
    JsonNode report = read(line);
    assertEquals(read(Files.readString(folder.resolve("json/selection.json"))), report);
    assertEquals("soup", report.get("selection").asText());
    assertEquals(6, report.get("members").size());
    assertEquals(6, report.get("soup").size());
  }

  private static JsonNode read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class, "it");
  }

  @Test
  void mistakesAreToldInALine() throws Exception {
    fails("Missing required option", "--out", folder + "/x");
    fails("N from 1 on, to select members; got 'newest'", "--select", "newest", "--out", "x");
    fails("got 'median'", "--select", "last:1", "--take", "median", "--out", "x");
    fails("keep more (checkpoint.keep)", "--select", "last:9", "--out", folder + "/x");
    fails("train with a cyclic schedule", "--select", "cycles", "--out", folder + "/x");
    fails("must be new or empty", "--select", "last:1", "--out", one.toString());
  }

  private void fails(String part, String... further) throws Exception {
    List<String> words = new ArrayList<>(List.of("ensemble", one.toString()));
    words.addAll(List.of(further));
    try (LauncherProcess process = LauncherProcess.of(words)) {
      process.fails(USAGE, part);
    }
  }
}
