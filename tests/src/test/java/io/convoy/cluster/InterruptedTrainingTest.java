package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that its user stops. */
@Tag("slow")
class InterruptedTrainingTest {
  private static final String ADVICE =
      "convoy: interrupted; it goes on from its last checkpoint by: scripts/convoy ";

  /** So far to go that nothing but the signal ends it. */
  private static final String EPOCHS = "epochs=100000";

  @TempDir Path folder;
  private TinyRun tiny;
  private Path run;

  @BeforeEach
  void writeData() throws Exception {
    tiny = TinyRun.in(folder);
    run = folder.resolve("run");
  }

  /** Of all that Spark has to say of its own end nothing is to be read. */
  @Test
  void theLastWordIsHowToGoOn() throws Exception {
    List<String> words;
    try (LauncherProcess training = LauncherProcess.of(tiny.train(run, "--set", EPOCHS))) {
      training.await(line -> line.startsWith("epoch "));
      words = training.stop();
    }
    words = words.stream().filter(line -> !line.startsWith("epoch ")).toList();
    assertEquals(1, words.size(), words::toString);
    assertTrue(words.get(0).startsWith(ADVICE), words::toString);
    List<String> resume = List.of(words.get(0).substring(ADVICE.length()).split(" "));
    assertTrue(resume.contains(run.toString()), words::toString);
    try (LauncherProcess rest = LauncherProcess.of(resume)) {
      rest.await(line -> line.startsWith("epoch "));
    }
  }
}
