package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line in processes of its own, where something is missing or in the way. */
@Tag("slow")
class CommandLineTest {
  private static final int USAGE = 2;
  private static final int RESOURCE = 4;
  private static final int DIVERGED = 5;

  @TempDir Path folder;

  private TinyRun tiny;
  private Path run;

  @BeforeEach
  void write() throws IOException {
    tiny = TinyRun.in(folder);
    run = folder.resolve("run");
  }

  @Test
  void withoutTheVectorModuleKernelsAreScalarAndBitsTheSame() throws Exception {
    Path simd = folder.resolve("simd");
    try (LauncherProcess with = LauncherProcess.of(tiny.train(simd))) {
      with.succeeds();
    }
    try (LauncherProcess without =
        new LauncherProcess("", "--add-modules=jdk.incubator.vector", tiny.train(run))) {
      String output = without.succeeds();
      assertTrue(
          output.contains(
              "kernels: scalar, many times slower, since this JVM runs without the module"
                  + " jdk.incubator.vector: start it with --add-modules jdk.incubator.vector"),
          output);
      assertTrue(output.contains("scalar kernels"), output);
    }
    assertEquals("scalar", TinyRun.result(run).get("kernels").asText());
    assertEquals("simd", TinyRun.result(simd).get("kernels").asText());
    assertEquals(
        TinyRun.result(simd).get("weightsSha256"), TinyRun.result(run).get("weightsSha256"));
  }

  @Test
  void kernelsThatAreNotToBeHad() throws Exception {
    String property = "export JDK_JAVA_OPTIONS=-Dconvoy.kernels=simd;";
    try (LauncherProcess forced =
        new LauncherProcess(
            property, "--add-modules=jdk.incubator.vector", tiny.train(run, "--threads", "1"))) {
      forced.fails(USAGE, "convoy.kernels=simd needs the module jdk.incubator.vector: start the");
    }
    try (LauncherProcess next = LauncherProcess.of(tiny.train(run, "--threads", "1"))) {
      next.succeeds();
    }
  }

  @Test
  void aLossThatIsNoNumberIsToldOnce() throws Exception {
    diverges(run, "--master", "local[2]", "--executors", "2");
  }

  @Test
  void aLossThatIsNoNumberOnRealExecutors() throws Exception {
    diverges(run, "--executors", "2");
  }

  /** Finite for the first steps, so that there is a checkpoint to keep. */
  private void diverges(Path into, String... placement) throws Exception {
    List<String> arguments = tiny.train(into, placement);
    try (LauncherProcess wild =
        LauncherProcess.of(
            with(arguments, "--set", "schedule.rate=1e30", "--set", "checkpoint.everySteps=1"))) {
      wild.fails(
          DIVERGED,
          "step 2: the loss is ",
          "; layer 'logits' is the first whose output is no finite number",
          "the checkpoint of step 1 is kept, but to go on from it would end alike");
    }
    assertEquals(List.of("step-000000001"), TinyRun.checkpoints(into));
    try (LauncherProcess evaluation = LauncherProcess.of(List.of("evaluate", into.toString()))) {
      assertTrue(evaluation.succeeds().contains("step 1 of "));
    }
  }

  @Test
  void theBestCheckpointIsEvaluated() throws Exception {
    List<String> validated =
        tiny.train(
            run,
            "--set",
            "validation={share: 0.1}",
            "--set",
            "checkpoint={everySteps: 4, keep: 1, keepBest: true, best: accuracy}");
    try (LauncherProcess training = LauncherProcess.of(validated)) {
      String output = training.succeeds();
      assertTrue(output.contains("step 4: validation accuracy "), output);
      assertTrue(output.contains("best           step "), output);
    }
    long best = TinyRun.result(run).get("bestStep").asLong();
    List<String> evaluate = List.of("evaluate", run.toString(), "--best", "--json");
    try (LauncherProcess evaluation = LauncherProcess.of(evaluate)) {
      String output = evaluation.succeeds();
      assertTrue(output.contains("\"step\":" + best + ","), output);
    }
  }

  @Test
  void aRunWithoutBestCheckpointSaysSo() throws Exception {
    try (LauncherProcess training = LauncherProcess.of(tiny.train(run, "--set", "epochs=1"))) {
      training.succeeds();
    }
    List<String> evaluate = List.of("evaluate", run.toString(), "--best");
    try (LauncherProcess evaluation = LauncherProcess.of(evaluate)) {
      evaluation.fails(
          USAGE,
          "file:"
              + run
              + " keeps no best checkpoint: it takes validation and checkpoint.keepBest: true in the"
              + " recipe, and a checkpoint; take the newest one instead");
    }
  }

  /** The first has far to go: nothing but the other one ends it before. */
  @Test
  void ofTwoDriversOnOneRunTheFirstStopsAndSaysWhy() throws Exception {
    try (LauncherProcess first =
        LauncherProcess.of(tiny.train(run, "--threads", "1", "--set", "epochs=4000"))) {
      first.await(line -> line.startsWith("epoch "));
      List<String> resume = List.of("train", "--resume", "--out", run.toString());
      try (LauncherProcess second = LauncherProcess.of(with(resume, "--threads", "1"))) {
        first.fails(
            RESOURCE,
            "run file:"
                + run
                + " was taken over by another driver: it is now owned by generation 2",
            "; this one (generation 1 on host ",
            ") stops and writes nothing more, so that two never train one run");
        second.await(line -> line.startsWith("epoch "));
      }
    }
  }

  private static List<String> with(List<String> arguments, String... further) {
    return java.util.stream.Stream.concat(arguments.stream(), List.of(further).stream()).toList();
  }
}
