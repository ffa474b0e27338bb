package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks that take no more, for real: a limit on the size of files, and a small file system in
 * memory. One line, what was saved stays, and the run goes on to the same bits afterwards.
 */
@Tag("slow")
class FullDiskTest {
  private static final int RESOURCE = 4;

  @TempDir Path folder;

  private TinyRun tiny;
  private Path run;

  @BeforeEach
  void write() throws IOException {
    tiny = TinyRun.in(folder);
    run = folder.resolve("run");
  }

  /**
   * A file may have 9 KiB, but the weights have some bytes more: whatever step is to be saved, it
   * cannot be. What was saved before the limit stays.
   */
  @Test
  void aCheckpointThatDoesNotFitKeepsTheOneBefore() throws Exception {
    try (LauncherProcess first = LauncherProcess.of(tiny.train(run, "--set", "maxSteps=4"))) {
      first.succeeds();
    }
    try (LauncherProcess limited =
        new LauncherProcess("ulimit -f 9;", "", tiny.train(run, "--resume"))) {
      limited.fails(
          RESOURCE,
          "cannot write checkpoint file:" + run + "/checkpoints/step-000000008 (",
          " bytes): File too large; the checkpoints before it are kept, so make room or give"
              + " access and resume");
    }
    assertEquals(List.of("step-000000004"), TinyRun.checkpoints(run));
    goesOn("run");
  }

  @Test
  void aRunThatCannotBeCreatedLeavesTheFolderFree() throws Exception {
    try (LauncherProcess limited = new LauncherProcess("ulimit -f 1;", "", tiny.train(run))) {
      limited.fails(
          RESOURCE,
          "cannot create run folder file:"
              + run
              + ": File too large; make room or give access"
              + " there, or choose another --out");
    }
    assertFalse(Files.exists(run.resolve("run.json")));
    try (LauncherProcess again = LauncherProcess.of(tiny.train(run))) {
      again.succeeds();
    }
  }

  /** The mount is seen by the process and its children alone, and goes with it. */
  @Test
  void aFileSystemThatIsFull() throws Exception {
    String mount = "mount -t tmpfs -o size=96k tmpfs '%s' &&".formatted(mountPoint());
    String keep = "; cp -r \"%s/run\" \"%s\"".formatted(mountPoint(), folder);
    assumeMounts(mount);
    try (LauncherProcess full =
        new LauncherProcess(unshared(mount, keep), "", tiny.train(mountPoint().resolve("run")))) {
      full.fails(
          RESOURCE,
          "cannot write checkpoint file:" + mountPoint() + "/run/checkpoints/step-0000000",
          " bytes): No space left on device; the checkpoints before it are kept");
    }
    assertFalse(TinyRun.checkpoints(run).isEmpty(), "the first checkpoints fit");
    assertTrue(TinyRun.checkpoints(run).stream().noneMatch(name -> name.startsWith(".tmp")));
    goesOn("run");
  }

  @Test
  void aFileSystemThatIsReadOnly() throws Exception {
    Path inside = mountPoint().resolve("run");
    String mount = "mount -t tmpfs -o size=1m,ro tmpfs '%s' &&".formatted(mountPoint());
    assumeMounts(mount);
    try (LauncherProcess readOnly =
        new LauncherProcess(unshared(mount, ""), "", tiny.train(inside))) {
      readOnly.fails(
          RESOURCE,
          "cannot create run folder file:" + inside + ": ",
          "Read-only file system; make room or give access there, or choose another --out");
    }
  }

  /** The command as it stands in the shell's words, in a mount name space of its own. */
  private static String unshared(String before, String after) {
    return "unshare -m bash -c '"
        + (before + " \"$@\"; code=$?" + after + "; exit $code").replace("'", "'\\''")
        + "' bash \"$@\"; exit $?;";
  }

  private Path mountPoint() throws IOException {
    return Files.createDirectories(folder.resolve("mounted"));
  }

  private static void assumeMounts(String mount) throws Exception {
    Process trial =
        new ProcessBuilder("unshare", "-m", "bash", "-c", mount + " true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean done = trial.waitFor(30, TimeUnit.SECONDS);
    assumeTrue(done && trial.exitValue() == 0, "no right to mount file systems here");
  }

  /** With room again: to the same weights as a run that never met an end. */
  private void goesOn(String name) throws Exception {
    Path resumed = folder.resolve(name);
    try (LauncherProcess more = LauncherProcess.of(tiny.train(resumed, "--resume"))) {
      more.succeeds();
    }
    Path truth = folder.resolve("truth");
    try (LauncherProcess whole = LauncherProcess.of(tiny.train(truth))) {
      whole.succeeds();
    }
    assertEquals(
        TinyRun.result(truth).get("weightsSha256"), TinyRun.result(resumed).get("weightsSha256"));
    assertEquals(16, TinyRun.result(resumed).get("steps").asInt());
    assertEquals(Metrics.untimed(truth), Metrics.untimed(resumed));
  }
}
