package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, sourced by the shells that it is for. */
final class CompletionCommandTest {
  @TempDir Path folder;

  @Test
  void bashCompletesCommandsOptionsAndNames() throws Exception {
    assertEquals(List.of("train"), bash("tr"));
    assertEquals(List.of("summary"), bash("su"));
    assertEquals(List.of("--executors"), bash("train", "--executors"));
    assertEquals(List.of("--deploy-mode"), bash("train", "--dep"));
    assertEquals(List.of("--from"), bash("fetch", "--fr"));
    assertEquals(List.of("--neighbours"), bash("explain", "--nei"));
    assertEquals(List.of("fashion-mnist"), bash("fetch", "fa"));
    assertEquals(List.of("quickstart"), bash("summary", "qu"));
    assertEquals(List.of("resnet50", "resnet56"), bash("summary", "resnet5"));
    assertEquals(List.of(), bash("nothing", "--like-it"));
  }

  @Test
  void bashCompletesTheScriptOfAnyFolder() throws Exception {
    ForkedLauncher shell = shell("bash", "source %s; complete -p convoy".formatted(script()));
    assertTrue(shell.out().contains("-F _complete_convoy"), shell::out);
  }

  @Test
  void zshTakesItToo() throws Exception {
    assumeTrue(isThere("zsh"), "skipped: there is no zsh");
    ForkedLauncher shell =
        shell(
            "zsh",
            "autoload -Uz compinit && compinit -u -d %s/dump; source %s; whence _complete_convoy"
                .formatted(folder, script()));
    assertEquals(0, shell.exitCode(), shell::err);
    assertEquals("_complete_convoy", shell.out().strip());
  }

  /** What bash offers behind {@code convoy} and these words, the last of them begun. */
  private List<String> bash(String... words) throws Exception {
    String program =
        // compopt works only where bash itself asks
        "source %s; compopt() { :; }; COMP_WORDS=(convoy %s); COMP_CWORD=%s; COMP_LINE='convoy %s'; _complete_convoy;"
                .formatted(script(), String.join(" ", words), words.length, String.join(" ", words))
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    ForkedLauncher shell = shell("bash", program);
    assertEquals("", shell.err());
    return shell.out().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private Path script() throws Exception {
    Invocation completion = Invocation.of("completion");
    assertEquals(0, completion.exitCode(), completion::err);
    return Files.writeString(folder.resolve("completion"), completion.out());
  }

  private static ForkedLauncher shell(String name, String program) throws Exception {
    return ForkedLauncher.run(List.of(name, "-c", program), Map.of());
  }

  private static boolean isThere(String program) throws Exception {
    return shell("bash", "command -v " + program).exitCode() == 0;
  }
}
