package io.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.Samples;
import io.convoy.error.ConvoyException;
import io.convoy.storage.FaultyFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics on a store that cannot append. */
class MetricsTailTest {
  @TempDir Path temporary;
  private final Configuration configuration = FaultyFileSystem.configuration();
  private RunFolder run;
  private Path file;
  private Path tail;

  @BeforeEach
  void create() {
    Path root = temporary.resolve("run");
    file = root.resolve("metrics.jsonl");
    tail = root.resolve("metrics.tail.jsonl");
    run =
        RunFolder.create(
            "faulty://" + root, configuration, Samples.description(), Samples.driver("host1"));
  }

  private static void append(MetricsLog metrics, int from, int to) {
    for (int step = from; step <= to; step++) {
      metrics.append(Map.of("step", step));
    }
  }

  private List<Long> steps() {
    List<Long> steps = new ArrayList<>();
    run.metricsReader().read(line -> steps.add(line.get("step").asLong()));
    return steps;
  }

  @Test
  void aSmallFileIsWrittenBetweenCheckpoints() throws IOException {
    MetricsLog metrics = run.metrics();
    append(metrics, 1, 2);
    metrics.flushLive();
    assertFalse(Files.exists(file));
    assertEquals(
        List.of("{\"after\":0}", "{\"step\":1}", "{\"step\":2}"), Files.readAllLines(tail));
    metrics.flush();
    assertFalse(Files.exists(tail));
    append(metrics, 3, 3);
    metrics.flushLive();
    append(metrics, 4, 4);
    metrics.flushLive();
    assertEquals(List.of("{\"step\":1}", "{\"step\":2}"), Files.readAllLines(file));
    assertEquals(
        List.of("{\"after\":22}", "{\"step\":3}", "{\"step\":4}"), Files.readAllLines(tail));
    assertEquals(List.of(1L, 2L, 3L, 4L), steps());
    metrics.flush();
    assertFalse(Files.exists(tail));
    assertEquals(4, Files.readAllLines(file).size());
  }

  @Test
  void linesOfALostSegmentGo() throws IOException {
    MetricsLog metrics = run.metrics();
    append(metrics, 1, 4);
    metrics.flush();
    append(metrics, 5, 7);
    metrics.flushLive();
    metrics.takeBack(5);
    metrics.flushLive();
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps());
    metrics.takeBack(2); // in the file already
    append(metrics, 3, 3);
    metrics.flushLive();
    assertEquals(List.of(1L, 2L, 3L), steps());
    metrics.flush();
    assertEquals(List.of(1L, 2L, 3L), steps());
    assertEquals(3, Files.readAllLines(file).size());
  }

  /** All of them: then there is no tail. */
  @Test
  void aTailWithoutLinesGoes() throws IOException {
    MetricsLog metrics = run.metrics();
    append(metrics, 1, 1);
    metrics.flush();
    append(metrics, 2, 2);
    metrics.flushLive();
    metrics.takeBack(1);
    metrics.flushLive();
    assertEquals(List.of(1L), steps());
  }

  /** A driver died after it had written the file, before it removed the tail. */
  @Test
  void aTailOfBeforeIsNoSecondLine() throws IOException {
    MetricsLog metrics = run.metrics();
    append(metrics, 1, 2);
    metrics.flush();
    append(metrics, 3, 5);
    metrics.flushLive();
    byte[] left = Files.readAllBytes(tail);
    metrics.flush();
    Files.write(tail, left);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps());
    RunFolder resumed = RunFolder.resume(run.location(), configuration, Samples.driver("host2"));
    resumed.metrics().cutBack(4);
    assertFalse(Files.exists(tail));
    assertEquals(List.of(1L, 2L, 3L, 4L), steps());
  }

  @Test
  void muchIsWrittenAsAWhole() throws IOException {
    MetricsLog metrics = run.metrics();
    append(metrics, 1, 1);
    metrics.flush();
    String filling = "x".repeat(900_000);
    for (int step = 2; step <= 6; step++) {
      metrics.append(Map.of("step", step, "note", filling));
      metrics.flushLive();
      assertEquals(step < 6, Files.exists(tail), "step " + step);
      assertEquals(step, steps().size());
    }
  }

  @Test
  void whatFailsIsWrittenTheNextTime() {
    MetricsLog metrics = run.metrics();
    append(metrics, 1, 3);
    FaultyFileSystem.ROOM.set(0);
    assertThrows(ConvoyException.class, metrics::flushLive);
    assertEquals(List.of(), steps());
    FaultyFileSystem.ROOM.set(Long.MAX_VALUE);
    metrics.flushLive();
    assertEquals(List.of(1L, 2L, 3L), steps());
  }

  @Test
  void whoLostTheRunWritesNoTail() {
    MetricsLog metrics = run.metrics();
    append(metrics, 1, 1);
    metrics.flush();
    append(metrics, 2, 2);
    RunFolder resumed = RunFolder.resume(run.location(), configuration, Samples.driver("host2"));
    ConvoyException error = assertThrows(ConvoyException.class, metrics::flushLive);
    assertTrue(error.getMessage().contains(" was taken over by another driver"), error::getMessage);
    assertEquals(List.of(1L), steps());
    assertEquals(2, resumed.owner().generation());
  }
}
