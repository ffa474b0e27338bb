package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.predict.BatchPrediction;
import io.convoy.predict.PredictListener;
import io.convoy.predict.PredictSets;
import io.convoy.predict.PredictSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver or an executor is killed while it predicts: the rows are the same. */
@Tag("slow")
final class KilledPredictionTest {
  private static final int IMAGES = 1500;
  private static final int BROKEN = 75;

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void write() {
    photos = folder.resolve("photos");
    PredictSets.write(photos, PredictSets.images(IMAGES));
  }

  @Test
  void theSameCommandGoesOn() throws Exception {
    Path out = folder.resolve("out");
    Path work = folder.resolve(".out.predicting");
    try (DriverProcess driver = driver(out, "stop")) {
      assertNotNull(driver.await(line -> line.equals("stops")));
      driver.kill();
    }
    assertFalse(Files.exists(out), "nobody sees a part of the rows");
    assertTrue(Files.exists(work.resolve("plan.json")));
    try (DriverProcess driver = driver(out, "go on")) {
      String begin = driver.await(line -> line.startsWith("begins behind part "));
      assertNotEquals("begins behind part 0", begin);
      assertEquals(
          "done: " + IMAGES + ", failed: " + BROKEN, driver.await(line -> line.startsWith("done")));
      assertEquals(0, driver.exitCode());
    }
    assertFalse(Files.exists(work));
    Path afresh = folder.resolve("afresh");
    try (JavaSparkContext spark = Sessions.local()) {
      predict(spark, afresh, PredictListener.NONE);
      assertEquals(rows(spark, afresh), rows(spark, out));
    }
    assertEquals(names(afresh), names(out));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anExecutorIsKilled_withSpeculation() throws IOException {
    Path out = folder.resolve("out");
    Path whole = folder.resolve("whole");
    try (JavaSparkContext spark =
        new JavaSparkContext(
            Sessions.conf("local-cluster[2,1,1024]").set("spark.speculation", "true"))) {
      List<Long> processes = KilledExecutorTest.processes(spark, 2);
      boolean[] killed = {false};
      PredictListener killer =
          new PredictListener() {
            @Override
            public void at(long images, int parts) {
              if (!killed[0]) {
                killed[0] = true;
                ProcessHandle.of(processes.get(0)).orElseThrow().destroyForcibly();
              }
            }
          };
      PredictSummary summary = predict(spark, out, killer);
      assertTrue(killed[0]);
      assertEquals(IMAGES, summary.images());
      assertEquals(BROKEN, summary.failed());
      predict(spark, whole, PredictListener.NONE);
      List<String> rows = rows(spark, out);
      assertEquals(rows(spark, whole), rows);
      Set<String> paths =
          PredictSets.rows(spark, out.toString()).stream()
              .map(row -> row.<String>getAs("path"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(IMAGES, paths.size());
      assertEquals(IMAGES, rows.size());
    }
    Path alone = folder.resolve("alone");
    try (JavaSparkContext spark = Sessions.local()) {
      predict(spark, alone, PredictListener.NONE);
      assertEquals(rows(spark, alone), rows(spark, out));
    }
    assertEquals(List.of("alone", "out", "photos", "whole"), names(folder));
  }

  private PredictSummary predict(JavaSparkContext spark, Path out, PredictListener listener) {
    return new BatchPrediction(spark, PredictSets.model(), PredictMain.OPTIONS, listener)
        .run(photos.toString(), null, out.toString(), false);
  }

  private static List<String> rows(JavaSparkContext spark, Path rows) {
    return PredictSets.rows(spark, rows.toString()).stream().map(Row::toString).sorted().toList();
  }

  private DriverProcess driver(Path out, String how) throws IOException {
    return new DriverProcess(PredictMain.class, "1g", photos.toString(), out.toString(), how);
  }
}
