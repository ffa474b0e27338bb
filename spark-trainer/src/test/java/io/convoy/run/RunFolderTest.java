package io.convoy.run;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.SLOTS;
import static io.convoy.checkpoint.Samples.assertSame;
import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.checkpoint.Samples;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {
  private static final int RACERS = 8;

  @TempDir Path temporary;
  private final Configuration configuration = new Configuration();
  private Path root;

  @BeforeEach
  void choose() {
    root = temporary.resolve("run");
  }

  private RunFolder create() {
    return RunFolder.create(
        root.toString(), configuration, Samples.description(), Samples.driver("host1"));
  }

  private RunFolder resume(String host) {
    return RunFolder.resume(root.toString(), configuration, Samples.driver(host));
  }

  @Test
  void aNewRunSaysWhatItIsAndWhoOwnsIt() throws IOException {
    RunFolder run = create();
    run.writeResult(Map.of("steps", 3));
    run.writeResult(Map.of("steps", 4));
    assertEquals(
        Samples.description(), RunFolder.open(root.toString(), configuration).description());
    ObjectMapper json = new ObjectMapper();
    assertEquals(42, json.readTree(root.resolve("run.json").toFile()).get("seed").asLong());
    assertEquals(1, json.readTree(root.resolve("owner").toFile()).get("generation").asLong());
    assertEquals(4, json.readTree(root.resolve("result.json").toFile()).get("steps").asInt());
    assertEquals("file:" + root, run.location());
  }

  @Test
  void anEmptyFolderWillDo() throws IOException {
    Files.createDirectories(root);
    assertEquals(1, create().owner().generation());
  }

  @Test
  void aFolderWithAnotherRunIsRefused() {
    create();
    ConvoyException error = assertThrows(ConvoyException.class, this::create);
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
    assertEquals(
        "file:"
            + root
            + " holds another run, owned by generation 1 on host host1, started"
            + " 2026-01-01T00:00:00Z, application app-host1; go on with it by --resume or choose"
            + " another --out",
        error.getMessage());
  }

  @Test
  void aFolderWithOtherFilesIsRefused() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("thesis.tex"), "x");
    ConvoyException error = assertThrows(ConvoyException.class, this::create);
    assertEquals(
        "file:"
            + root
            + " holds files that are no run (such as thesis.tex); choose a new or empty folder with"
            + " another --out",
        error.getMessage());
    assertEquals("x", Files.readString(root.resolve("thesis.tex")));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.writeString(root, "x");
    ConvoyException error = assertThrows(ConvoyException.class, this::create);
    assertTrue(
        error.getMessage().endsWith("run is a file; choose a new folder with another --out"));
    root = root.resolve("below");
    error = assertThrows(ConvoyException.class, this::create);
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    assertTrue(error.getMessage().startsWith("cannot create run folder file:" + root + ": "));
  }

  @Test
  void whatIsNoRunIsToldToReadersAndToThoseWhoResume() throws IOException {
    String none = "file:" + root + " holds no run (it has no run.json); look for a mistyped path";
    String location = root.toString();
    assertEquals(
        none,
        assertThrows(ConvoyException.class, () -> RunFolder.open(location, configuration))
            .getMessage());
    for (Executable resume :
        List.<Executable>of(
            () -> resume("host2"), () -> RunFolder.openToResume(location, configuration))) {
      assertEquals(
          none + ", or start a run there without --resume",
          assertThrows(ConvoyException.class, resume).getMessage());
    }
    create();
    Files.writeString(root.resolve("run.json"), "{\"recipe\":");
    ConvoyException error = assertThrows(ConvoyException.class, () -> resume("host2"));
    assertEquals(ConvoyException.Kind.DATA, error.kind());
    assertTrue(
        error
            .getMessage()
            .contains("run.json is not a run's description: this is not JSON (line 1"));
  }

  @Test
  void whatCreateWouldRefuseIsToldBefore() throws IOException {
    RunFolder.requireFree(root.toString(), configuration);
    assertFalse(Files.exists(root));
    create();
    ConvoyException before =
        assertThrows(
            ConvoyException.class, () -> RunFolder.requireFree(root.toString(), configuration));
    assertEquals(
        assertThrows(ConvoyException.class, this::create).getMessage(), before.getMessage());
    assertTrue(before.getMessage().contains(" holds another run, owned by generation 1 on host"));
  }

  @Test
  void anUnknownFileSystemIsAUsageError() {
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> RunFolder.open("nowhere://host/run", configuration));
    assertEquals(
        "'nowhere://host/run' does not name a folder on a known file system: No FileSystem for scheme"
            + " \"nowhere\"",
        error.getMessage());
  }

  @Test
  void theDriverThatLostTheRunStopsAndSaysWhoHasIt() {
    RunFolder first = create();
    first.checkpoints(3).save(LAYOUT, checkpoint(100));
    RunFolder second = resume("host2");
    assertEquals(2, second.owner().generation());
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> first.checkpoints(3).save(LAYOUT, checkpoint(200)));
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
    assertEquals(
        "run file:"
            + root
            + " was taken over by another driver: it is now owned by generation 2 on host host2,"
            + " started 2026-01-01T00:00:00Z, application app-host2; this one (generation 1 on host"
            + " host1, started 2026-01-01T00:00:00Z, application app-host1) stops and writes"
            + " nothing more, so that two never train one run",
        error.getMessage());
    first.metrics().append(Map.of("step", 1));
    assertThrows(ConvoyException.class, () -> first.metrics().flush());
    assertThrows(ConvoyException.class, () -> first.writeResult(Map.of()));
    second.checkpoints(3).save(LAYOUT, checkpoint(300));
    assertSame(checkpoint(300), second.checkpoints(3).loadNewest(LAYOUT, SLOTS).orElseThrow());
    assertFalse(Files.exists(root.resolve("checkpoints/step-000000200")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Both write numbers in digits of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"fa", "ar-EG"})
  void namesAreTheSameInEveryLocale(String language) throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      assertNotEquals("7", String.format(Locale.getDefault(), "%d", 7));
      create().checkpoints(3).save(LAYOUT, checkpoint(100));
      RunFolder next = resume("host2");
      assertEquals(2, next.owner().generation());
      assertSame(checkpoint(100), next.checkpoints(3).loadNewest(LAYOUT, SLOTS).orElseThrow());
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(List.of("step-000000100"), names(root.resolve("checkpoints")));
    assertEquals(
        List.of("generation-000000001", "generation-000000002"), names(root.resolve(".owners")));
  }

  @Test
  void aDeletedFolderIsNotWrittenInto() throws IOException {
    RunFolder run = create();
    Files.delete(root.resolve(".owners/generation-000000001"));
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> run.checkpoints(3).save(LAYOUT, checkpoint(1)));
    assertTrue(error.getMessage().contains("owned by nobody (its claims are gone"));
  }

  @Test
  void ofManyTakersAtOnceOneWins() throws Exception {
    create();
    for (int round = 0; round < 10; round++) {
      race(this::resume, "took over run");
    }
  }

  @Test
  void ofManyCreatorsAtOnceOneWins() throws Exception {
    for (int round = 0; round < 10; round++) {
      root = temporary.resolve("run" + round);
      race(
          host ->
              RunFolder.create(
                  root.toString(), configuration, Samples.description(), Samples.driver(host)),
          "holds ");
    }
  }

  /** Something that makes its caller own the run. */
  private interface Claim {
    RunFolder by(String host);
  }

  /** Lets drivers claim at once; afterwards one owns the run and all others have stopped. */
  private void race(Claim claim, String message) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RACERS);
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    List<Future<RunFolder>> racing = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      String host = "racer" + i;
      racing.add(
          threads.submit(
              () -> {
                start.await();
                return claim.by(host);
              }));
    }
    List<RunFolder> taken = new ArrayList<>();
    for (Future<RunFolder> racer : racing) {
      try {
        taken.add(racer.get());
      } catch (ExecutionException e) {
        requireLost(e.getCause().getMessage(), message);
      }
    }
    // asked when all are at their end: before, one that owns the run may still lose it
    int owners = 0;
    for (RunFolder run : taken) {
      try {
        run.owner().check();
        owners++;
      } catch (ConvoyException e) {
        requireLost(e.getMessage(), message);
      }
    }
    threads.shutdown();
    assertEquals(1, owners);
  }

  private static void requireLost(String error, String message) {
    boolean lost = error.contains(message) || error.contains("was taken over by another driver");
    assertTrue(lost, error);
  }

  @Test
  void aLaterAttemptOfTheSameApplicationIsRecognised() {
    String location = root.toString();
    assertFalse(RunFolder.isDrivenBy("app-host1", location, configuration));
    create();
    assertTrue(RunFolder.isDrivenBy("app-host1", location, configuration));
    resume("host2");
    assertFalse(RunFolder.isDrivenBy("app-host1", location, configuration));
  }
}
