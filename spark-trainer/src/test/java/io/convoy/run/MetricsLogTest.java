package io.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.CapturedLog;
import io.convoy.checkpoint.Samples;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  private record Line(long step, double loss) {}

  @TempDir Path temporary;
  private RunFolder run;
  private Path file;

  @BeforeEach
  void create() {
    Path root = temporary.resolve("run");
    file = root.resolve("metrics.jsonl");
    run =
        RunFolder.create(
            root.toString(), new Configuration(), Samples.description(), Samples.driver("host1"));
  }

  @Test
  void linesAreThereAfterAFlush() throws IOException {
    MetricsLog metrics = run.metrics();
    metrics.append(new Line(1, 0.5));
    assertFalse(Files.exists(file));
    metrics.flush();
    metrics.append(new Line(2, Double.NaN));
    metrics.append(Map.of("step", 3L));
    metrics.flush();
    metrics.flush();
    assertEquals(
        List.of("{\"step\":1,\"loss\":0.5}", "{\"step\":2,\"loss\":\"NaN\"}", "{\"step\":3}"),
        Files.readAllLines(file));
  }

  @Test
  void aLineWithoutStepIsRefused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> run.metrics().append(Map.of("loss", 1)));
    assertEquals("a line of metrics has a whole number step; got {\"loss\":1}", error.getMessage());
  }

  @Test
  void resumeCutsBackToTheCheckpoint() throws IOException {
    Files.writeString(
        file, "{\"step\":1}\n{\"step\":20}\nnot json\n{\"step\":30}\n{\"step\":20,\"b\":1}\n{\"st");
    MetricsLog metrics =
        RunFolder.resume(run.location(), new Configuration(), Samples.driver("host2")).metrics();
    metrics.append(Map.of("step", 99));
    try (CapturedLog log = new CapturedLog(MetricsLog.class)) {
      metrics.cutBack(20);
      assertEquals(
          List.of(
              "WARN file:%s: line 3 has no step and is dropped".formatted(file),
              "WARN file:%s: the last line, 6, was cut short and is dropped".formatted(file)),
          log.lines());
    }
    metrics.append(Map.of("step", 21));
    metrics.flush();
    assertEquals(
        List.of("{\"step\":1}", "{\"step\":20}", "{\"step\":20,\"b\":1}", "{\"step\":21}"),
        Files.readAllLines(file));
  }

  /** Some 50 MB of lines, in a process whose heap would not hold them. */
  @Test
  void aLogLargerThanTheHeapIsCutBack() throws Exception {
    int lines = 50;
    String filling = "x".repeat(1_000_000);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int step = 1; step <= lines; step++) {
        out.write("{\"step\":%s,\"note\":\"%s\"}%n".formatted(step, filling));
      }
    }
    Process cut =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                MetricsCutMain.class.getName(),
                run.location(),
                Integer.toString(lines - 1))
            .redirectErrorStream(true)
            .start();
    String said = new String(cut.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, cut.waitFor(), said);
    try (Stream<String> left = Files.lines(file)) {
      assertEquals(lines, left.count());
    }
    String end = "{\"step\":%s}%n".formatted(lines);
    assertTrue(Files.size(file) > 49_000_000L);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(bytes.length() - end.length());
      assertEquals(end.strip(), bytes.readLine());
    }
  }

  @Test
  void cuttingBackANewRunIsNoError() throws IOException {
    run.metrics().cutBack(0);
    run.metrics().append(Map.of("step", 1));
    run.metrics().flush();
    assertEquals(List.of("{\"step\":1}"), Files.readAllLines(file));
  }

  /** What a failed append leaves behind is not kept in the middle of the file. */
  @Test
  void aTornAppendIsRepaired() throws IOException {
    MetricsLog metrics = run.metrics();
    metrics.append(Map.of("step", 1));
    metrics.flush();
    Files.writeString(file, "{\"st", StandardOpenOption.APPEND);
    metrics.append(Map.of("step", 2));
    metrics.flush();
    assertEquals(List.of("{\"step\":1}", "{\"step\":2}"), Files.readAllLines(file));
  }

  /** Of a lost segment: what is in the file goes as well, and comes again. */
  @Test
  void linesAreTakenBack() throws IOException {
    MetricsLog metrics = run.metrics();
    for (int step = 1; step <= 4; step++) {
      metrics.append(new Line(step, 0.5));
      if (step == 3) {
        metrics.flushLive();
      }
    }
    metrics.takeBack(2);
    metrics.append(new Line(3, 0.25));
    metrics.takeBack(3);
    metrics.flushLive();
    metrics.append(new Line(4, 0.25));
    metrics.flushLive();
    assertEquals(
        List.of(
            "{\"step\":1,\"loss\":0.5}",
            "{\"step\":2,\"loss\":0.5}",
            "{\"step\":3,\"loss\":0.25}",
            "{\"step\":4,\"loss\":0.25}"),
        Files.readAllLines(file));
  }

  /** Nothing of it was written yet: then the file is left as it is. */
  @Test
  void linesAreTakenBackBeforeTheyAreWritten() throws IOException {
    MetricsLog metrics = run.metrics();
    metrics.append(Map.of("step", 1));
    metrics.flushLive();
    Object before = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    metrics.append(Map.of("step", 2));
    metrics.takeBack(1);
    metrics.flushLive();
    assertEquals(before, Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    assertEquals(List.of("{\"step\":1}"), Files.readAllLines(file));
  }
}
