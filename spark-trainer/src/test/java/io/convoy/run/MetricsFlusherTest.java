package io.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.CapturedLog;
import io.convoy.checkpoint.Samples;
import io.convoy.storage.FaultyFileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MetricsFlusherTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir Path temporary;
  private final Configuration configuration = FaultyFileSystem.configuration();
  private RunFolder run;

  @BeforeEach
  void create() {
    run =
        RunFolder.create(
            "faulty://" + temporary.resolve("run"),
            configuration,
            Samples.description(),
            Samples.driver("host1"));
  }

  private long lines() {
    long[] lines = {0};
    run.metricsReader().read(line -> lines[0]++);
    return lines[0];
  }

  private static void await(BooleanSupplier there) throws InterruptedException {
    while (!there.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void linesComeByThemselvesWithinFiveSeconds() throws InterruptedException {
    try (MetricsFlusher flusher = new MetricsFlusher(run.metrics())) {
      run.metrics().append(Map.of("step", 1));
      long start = System.nanoTime();
      await(() -> lines() == 1);
      double seconds = (System.nanoTime() - start) / 1e9;
      assertTrue(seconds < 5, seconds + " s");
    }
  }

  @Test
  void whatIsLeftComesAtTheEnd() {
    try (MetricsFlusher flusher = new MetricsFlusher(run.metrics(), Duration.ofHours(1))) {
      run.metrics().append(Map.of("step", 1));
    }
    assertEquals(1, lines());
  }

  /** A full disk: it is told once, and what came meanwhile follows. */
  @Test
  void aStoreThatIsAwayIsWaitedFor() throws InterruptedException {
    try (CapturedLog log = new CapturedLog(MetricsFlusher.class);
        MetricsFlusher flusher = new MetricsFlusher(run.metrics(), OFTEN)) {
      FaultyFileSystem.ROOM.set(0);
      run.metrics().append(Map.of("step", 1));
      await(() -> !log.lines().isEmpty());
      run.metrics().append(Map.of("step", 2));
      TimeUnit.MILLISECONDS.sleep(100);
      FaultyFileSystem.ROOM.set(Long.MAX_VALUE);
      await(() -> lines() == 2);
      assertEquals(1, log.lines().size(), () -> log.lines().toString());
      String line = log.lines().get(0);
      assertTrue(line.startsWith("WARN metrics stay in memory for now: cannot write "), line);
      assertTrue(line.contains("No space left on device"), line);
    }
  }

  @Test
  void whoLostTheRunWritesNothing() throws InterruptedException {
    try (CapturedLog log = new CapturedLog(MetricsFlusher.class);
        MetricsFlusher flusher = new MetricsFlusher(run.metrics(), OFTEN)) {
      run.metrics().append(Map.of("step", 1));
      await(() -> lines() == 1);
      RunFolder resumed = RunFolder.resume(run.location(), configuration, Samples.driver("host2"));
      resumed.metrics().cutBack(0);
      run.metrics().append(Map.of("step", 2));
      await(() -> !log.lines().isEmpty());
    }
    assertEquals(0, lines());
  }
}
