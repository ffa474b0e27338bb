package io.convoy.run;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.convoy.checkpoint.Samples;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of runs whose drivers were killed at the worst moment. */
class KilledDriverFolderTest {
  private static final String UNIQUE = "-01234567-89ab-cdef-0123-456789abcdef";

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

  /**
   * Killed between its claim and {@code run.json}: there is nothing to resume, but all to create.
   */
  @Test
  void aFolderThatADriverDidNotFinishIsFinishedByTheNext() throws IOException {
    RunFolder killed = create();
    Files.delete(root.resolve("run.json"));
    String unfinished =
        "file:"
            + root
            + " holds a run that was never fully created (it has no run.json), claimed by generation 1"
            + " on host host1, started 2026-01-01T00:00:00Z, application app-host1; ";
    ConvoyException error = assertThrows(ConvoyException.class, this::create);
    assertEquals(
        unfinished
            + "unless that driver is at work, create it with the same recipe and --resume, or choose"
            + " another --out",
        error.getMessage());
    error = assertThrows(ConvoyException.class, () -> resume("host2"));
    assertEquals(unfinished + "name its recipe beside --resume, to create it", error.getMessage());
    assertTrue(RunFolder.isDrivenBy("app-host1", root.toString(), configuration));
    assertTrue(RunFolder.isUnfinished(root.toString(), configuration));
    assertEquals(2, finish("host2").owner().generation());
    assertFalse(RunFolder.isUnfinished(root.toString(), configuration));
    assertEquals(Samples.description(), resume("host3").description());
    error = assertThrows(ConvoyException.class, () -> killed.owner().check());
    assertTrue(error.getMessage().contains("was taken over by another driver"), error::getMessage);
  }

  @Test
  void ofTwoDriversThatDescribeAFolderTheSecondIsTold() throws IOException {
    create();
    String first = Files.readString(root.resolve("run.json"));
    ConvoyException error = assertThrows(ConvoyException.class, () -> finishAs("another recipe"));
    assertEquals(
        "another driver made file:"
            + root
            + " a run at the same moment; go on with it by --resume, or choose another --out",
        error.getMessage());
    assertEquals(first, Files.readString(root.resolve("run.json")));
  }

  private RunFolder finish(String host) {
    return RunFolder.finish(
        root.toString(), configuration, Samples.description(), Samples.driver(host));
  }

  private void finishAs(String recipe) {
    RunDescription other =
        new RunDescription(
            JsonNodeFactory.instance.objectNode().put("recipe", recipe),
            7,
            "cd34",
            Samples.description().versions());
    RunFolder.finish(root.toString(), configuration, other, Samples.driver("host2"));
  }

  /** Of a driver that was killed between creating its claim and writing it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{\"generation\":2,\"tok", "null", "{}", "[]"})
  void aClaimThatIsNotWholeDoesNotBlockTheRun(String torn) throws IOException {
    create();
    Files.writeString(root.resolve(".owners/generation-000000002"), torn);
    assertFalse(RunFolder.isDrivenBy("app-host1", root.toString(), configuration));
    ConvoyException error = assertThrows(ConvoyException.class, this::create);
    assertTrue(
        error.getMessage().contains("owned by generation 2, which has not yet said who it is"),
        error::getMessage);
    RunFolder third = resume("host3");
    assertEquals(3, third.owner().generation());
    third.checkpoints(3).save(LAYOUT, checkpoint(100));
  }

  /** Those of killed drivers go; a newer driver's, and what is not Convoy's, stays. */
  @Test
  void theNextDriverRemovesWhatAKilledOneLeftHalfWritten() throws IOException {
    create();
    for (String name :
        List.of(
            ".tmp-owner" + UNIQUE,
            ".tmp-000000001-metrics.jsonl" + UNIQUE,
            ".tmp-000000001-result.json" + UNIQUE,
            ".tmp-000000003-owner" + UNIQUE,
            ".tmp-000000001-thesis.tex" + UNIQUE,
            ".owners/.tmp-000000001-generation-000000001" + UNIQUE)) {
      Files.writeString(root.resolve(name), "half");
    }
    resume("host2");
    assertEquals(
        List.of(
            ".owners",
            ".tmp-000000001-thesis.tex" + UNIQUE,
            ".tmp-000000003-owner" + UNIQUE,
            "owner",
            "run.json"),
        names(root));
    assertEquals(
        List.of("generation-000000001", "generation-000000002"), names(root.resolve(".owners")));
  }

  /** Of a driver that could not create its run, nor say so. */
  @Test
  void aFolderWithNothingButTemporariesWillDo() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve(".tmp-000000001-run.json" + UNIQUE), "half");
    Files.writeString(root.resolve(".tmp-owner" + UNIQUE), "half");
    create();
    assertEquals(List.of(".owners", "owner", "run.json"), names(root));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
