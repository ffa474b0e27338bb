package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.IndexedSource;
import io.convoy.data.SampleSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.fault.Evidence;
import io.convoy.fault.FaultDetectors;
import io.convoy.fault.FaultFinding;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.report.RunReport;
import io.convoy.run.RunFolder;
import io.convoy.schedule.Constant;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training on Spark tells its faults while it runs, each once, and is none the worse for it. */
class FaultsToldTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir Path folder;

  /** Faults, each with the step at which it was told. */
  private static final class Told implements TrainingListener {
    private final List<FaultFinding> findings = new ArrayList<>();
    private final List<Long> steps = new ArrayList<>();

    @Override
    public void onFault(long step, FaultFinding finding) {
      findings.add(finding);
      steps.add(step);
    }

    List<String> names() {
      return findings.stream().map(FaultFinding::fault).toList();
    }
  }

  /** A set whose images one executor reads slowly. */
  private record SlowOnOne(DataSet set, String executor) implements DataSet {
    private static final long serialVersionUID = 1L;

    @Override
    public SampleSource open(FileStore files) {
      return new SlowSource((IndexedSource) set.open(files), executor);
    }
  }

  private record SlowSource(IndexedSource source, String executor) implements IndexedSource {
    private static final long NANOS = 25_000_000;

    @Override
    public void read(int index, Framing framing, Pixels into) {
      long end = System.nanoTime() + NANOS;
      while (SparkEnv.get().executorId().equals(executor) && System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      source.read(index, framing, into);
    }

    @Override
    public int size() {
      return source.size();
    }

    @Override
    public Optional<Shape> commonShape() {
      return source.commonShape();
    }

    @Override
    public List<String> classes() {
      return source.classes();
    }

    @Override
    public Target target(int index) {
      return source.target(index);
    }

    @Override
    public String fingerprint() {
      return source.fingerprint();
    }

    @Override
    public void close() {
      source.close();
    }
  }

  @Test
  @Tag("slow")
  void anExecutorThatReadsSlowly() throws IOException {
    DataSet data = Trainings.data(folder, 157);
    Recipe recipe = Trainings.recipe(Trainings.MOMENTUM, 20, 13, Sync.PEERS);
    Path run = folder.resolve("run");
    Told told = new Told();
    TrainingOutcome outcome;
    try (JavaSparkContext spark = Sessions.executors(2)) {
      outcome =
          new SparkTrainer(spark).train(Runs.job(recipe, new SlowOnOne(data, "1"), run, 2), told);
    }
    assertEquals(Trainings.local(recipe, data).weightsSha256(), outcome.weightsSha256());
    int at = told.names().indexOf("slow executor");
    assertTrue(at >= 0, told.names() + ", " + Metrics.steps(run));
    assertEquals(at, told.names().lastIndexOf("slow executor"), told.names()::toString);
    assertTrue(told.steps.get(at) <= 100, told.steps::toString);
    assertSlow(told.findings.get(at), run);
    Evidence evidence = new Evidence(recipe);
    Metrics.lines(run).forEach(evidence::add);
    assertSlow(
        FaultDetectors.look(evidence).stream()
            .filter(finding -> finding.fault().equals("slow executor"))
            .findFirst()
            .orElseThrow(),
        run);
  }

  private static void assertSlow(FaultFinding finding, Path run) throws IOException {
    for (JsonNode place : Metrics.lines(run).get(0).get("executors")) {
      if (place.get("executor").asText().equals("1")) {
        String name = "rank %s, executor 1 on ".formatted(place.get("rank"));
        assertTrue(finding.evidence().startsWith(name), finding::evidence);
      }
    }
    assertTrue(finding.figures().get("times").asDouble() > 1.5, finding::evidence);
    assertTrue(finding.figures().get("waitShare").asDouble() > 0.5, finding::evidence);
    assertTrue(finding.advice().contains("farther from the images"), finding::advice);
  }

  /** A fifth of its weights decays in each step. */
  private static Recipe exploding(long steps) {
    return Trainings.recipe(new Sgd(0, false, 1, false), 20, 26, Sync.PEERS).toBuilder()
        .schedule(new Constant(0.2, 0))
        .build()
        .withMaxSteps(steps);
  }

  /** Layers are judged by two looks; the first counts for nothing with who has seen forty steps. */
  @Test
  void whatWasWrittenBeforeAResumeCounts() throws IOException {
    DataSet data = Trainings.data(folder, 157);
    Path run = folder.resolve("run");
    Told first = new Told();
    Told second = new Told();
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      trainer.train(Runs.job(exploding(60), data, run, 1), first);
      trainer.train(Runs.resume(exploding(204), data, run, 1), second);
    }
    assertEquals("small shards", first.names().get(0));
    assertEquals(1L, first.steps.get(0));
    assertFalse(first.names().contains("update sizes"), first.names()::toString);
    int at = second.names().indexOf("update sizes");
    assertTrue(at >= 0, second.names()::toString);
    assertTrue(second.steps.get(at) >= 200, second.steps::toString);
    JsonNode report = RunReport.of(RunFolder.open(run.toString(), CONFIGURATION), CONFIGURATION);
    List<String> reported = new ArrayList<>();
    report.at("/findings/faults").forEach(fault -> reported.add(fault.path("fault").asText()));
    assertEquals(new TreeSet<>(second.names()), new TreeSet<>(reported));
    assertTrue(report.at("/findings/notLookedFor").has("leaked images"), report::toString);
  }

  /** Whoever is told may fail: the training has nothing to do with it. */
  @Test
  void aListenerThatFails() throws IOException {
    DataSet data = Trainings.data(folder, 157);
    Recipe recipe = Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS);
    List<String> told = new ArrayList<>();
    try (JavaSparkContext spark = Sessions.local()) {
      TrainingOutcome outcome =
          new SparkTrainer(spark)
              .train(
                  Runs.job(recipe, data, folder.resolve("run"), 1),
                  new TrainingListener() {
                    @Override
                    public void onFault(long step, FaultFinding finding) {
                      told.add(finding.fault());
                      throw new IllegalStateException("a test wants it so");
                    }
                  });
      assertEquals(Trainings.local(recipe, data).weightsSha256(), outcome.weightsSha256());
    }
    assertEquals(List.of("small shards"), told);
    assertEquals(16, Metrics.steps(folder.resolve("run")).size());
  }

  @Test
  void whereItDivergedStandsInTheMetrics() throws IOException {
    DataSet data = Trainings.data(folder, 157);
    Recipe recipe =
        Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS).toBuilder()
            .schedule(new Constant(1e20, 0))
            .build();
    Path run = folder.resolve("run");
    ConvoyException error;
    try (JavaSparkContext spark = Sessions.local()) {
      SparkTrainer trainer = new SparkTrainer(spark);
      error =
          assertThrows(
              ConvoyException.class,
              () -> trainer.train(Runs.job(recipe, data, run, 1), new Told()));
    }
    assertEquals(ConvoyException.Kind.DIVERGED, error.kind());
    List<JsonNode> lines = Metrics.lines(run);
    JsonNode last = lines.get(lines.size() - 1);
    assertTrue(error.getMessage().startsWith(last.path("diverged").asText()), last::toString);
    Evidence evidence = new Evidence(recipe);
    lines.forEach(evidence::add);
    assertTrue(
        FaultDetectors.look(evidence).stream()
            .anyMatch(
                finding ->
                    finding.fault().equals("rate too high")
                        && finding.evidence().equals("diverged: " + last.get("diverged").asText())),
        last::toString);
  }
}
