package io.convoy.newcomer;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The project, cloned into an empty folder out of the checkout that is tested. What is not yet
 * committed there comes along: it is the tree that is tested, not the last commit.
 */
final class FreshClone {
  /** What makes Fashion-MNIST a matter of seconds; each stands in the recipe at least once. */
  private static final List<List<String>> SHORTER =
      List.of(
          List.of("outChannels: 32,", "outChannels: 8,"),
          List.of("outChannels: 64,", "outChannels: 16,"),
          List.of("outChannels: 128,", "outChannels: 32,"),
          List.of("epochs: 12\n", "epochs: 1\n"),
          List.of("warmupEpochs: 1\n", "warmupEpochs: 0.2\n"),
          List.of("everySteps: 0\n", "everySteps: 50\n"));

  private final Path checkout;
  private final Shell shell;

  private FreshClone(Path checkout, Shell shell) {
    this.checkout = checkout;
    this.shell = shell;
  }

  /**
   * Clones into the shell's folder, which is empty. The test is skipped outside of a git checkout.
   */
  static void into(Shell shell) throws IOException, InterruptedException {
    Path checkout = Path.of("..").toRealPath();
    assumeTrue(
        Files.exists(checkout.resolve(".git")), () -> "skipped: no git checkout: " + checkout);
    FreshClone clone = new FreshClone(checkout, shell);
    shell.succeeds("git clone --quiet '%s' .".formatted(checkout));
    clone.bringWhatIsNotCommitted();
    clone.shortenTheTraining();
    clone.bringTheData();
  }

  private void bringWhatIsNotCommitted() throws IOException, InterruptedException {
    String listed =
        shell.succeeds(
            "git -C '%s' ls-files -z --cached --others --exclude-standard".formatted(checkout));
    for (String name : listed.split("\0")) {
      Path source = checkout.resolve(name);
      Path target = shell.folder().resolve(name);
      if (!Files.exists(source)) {
        Files.deleteIfExists(target);
      } else if (!Files.exists(target) || Files.mismatch(source, target) >= 0) {
        Files.createDirectories(target.getParent());
        Files.copy(
            source,
            target,
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** As a user does it who has less time: by editing the recipe. The commands stay. */
  private void shortenTheTraining() throws IOException {
    Path recipe = shell.folder().resolve("conf/recipes/fashion-mnist.yaml");
    String text = Files.readString(recipe);
    for (List<String> edit : SHORTER) {
      assertTrue(text.contains(edit.get(0)), () -> recipe + " has no " + edit.get(0));
      text = text.replace(edit.get(0), edit.get(1));
    }
    Files.writeString(recipe, text);
  }

  /**
   * The published files, as an earlier fetch has left them: no test asks the network for them. The
   * test is skipped where they are absent.
   */
  private void bringTheData() throws IOException {
    String given = System.getenv("CONVOY_DATA");
    Path root = given == null ? checkout.resolve("../shared/data") : Path.of(given);
    Path published = root.resolve("fashion-mnist").normalize();
    assumeTrue(Files.isDirectory(published), () -> "skipped: there is no " + published);
    Path target = Files.createDirectories(shell.folder().resolve("data/fashion-mnist"));
    try (Stream<Path> files = Files.list(published)) {
      for (Path file : files.filter(path -> path.toString().endsWith("-ubyte.gz")).toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
  }
}
