package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.launcher.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees of a mistake: one line, an exit code, and nothing begun. */
final class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void helpAndVersionGoToStdout() {
    assertEquals(0, execute("--help"));
    assertTrue(text(out).contains("convoy train fashion-mnist --data DIR"), text(out));
    assertEquals(0, execute("train", "--help"));
    assertTrue(text(out).contains("--set=key=value"), text(out));
    assertEquals(0, execute("evaluate", "--help"));
    assertTrue(text(out).contains("convoy evaluate hdfs:///runs/7"), text(out));
    assertEquals(0, execute("--version"));
    assertTrue(text(out).contains("numerics version"), text(out));
    assertEquals("", text(err));
  }

  @Test
  void aMistypedOptionIsCorrected() {
    refuses(
        "convoy: Unknown option: '--executor', did you mean '--executors'? see convoy train --help",
        "train",
        "--executor",
        "2");
  }

  @Test
  void aMistypedCommandIsCorrected() {
    refuses(
        "convoy: Unmatched argument at index 0: 'trian', did you mean 'train'? see convoy --help",
        "trian");
  }

  @Test
  void aMissingCommandOrArgument() {
    refuses(
        "convoy: a command is missing: train, evaluate, report, board, predict, explain, ensemble, export, import, pack, preview, check, lint, search, summary, fetch, doctor or completion; see convoy --help");
    refuses("convoy: Missing required parameter: 'RUN'; see convoy evaluate --help", "evaluate");
  }

  @Test
  void aValueOfTheWrongType() {
    refuses(
        "convoy: Invalid value for option '--threads': 'two' is no whole number up to 2147483647; see"
            + " convoy train --help",
        "train",
        "--threads",
        "two");
    refuses(
        "convoy: Invalid value for positional parameter at index 1 (DIR): 'a\\0b' cannot be the name"
            + " of a file here: it holds a zero character; take another; see convoy fetch --help",
        "fetch",
        "mnist",
        "a\0b");
  }

  /** A recipe, a run, a folder of images: all may have names that no file can have. */
  @Test
  void aNameThatNoFileCanHave() {
    for (List<String> command :
        List.of(
            List.of("train", "a\0b"),
            List.of("summary", "a\0b"),
            List.of("summary", "a/\0b"),
            List.of("train", "--out", "a\0b"),
            List.of("train", "--data", "a\0b"),
            List.of("evaluate", "a\0b"))) {
      assertEquals(2, execute(command.toArray(String[]::new)), () -> command + text(err));
    }
  }

  @Test
  void aMistypedRecipeIsCorrected() {
    refuses(
        "convoy: there is no recipe 'fashionmnist', did you mean 'fashion-mnist'? give the path of a"
            + " file, or one of cifar10, fashion-mnist, fashion-mnist-100k, fashion-mnist-500k, mnist, quickstart,"
            + " resnet20-cifar10",
        "train",
        "fashionmnist");
  }

  @ParameterizedTest
  @CsvSource({
    "--excutors,--executors",
    "--executer,--executors",
    "--thread,--threads",
    "--treads,--threads",
    "--outt,--out",
    "--dta,--data",
    "--resum,--resume",
    "--sett,--set",
    "--masterr,--master",
    "--driver-mem,--driver-memory"
  })
  void aMistypedOptionIsCorrected(String mistyped, String meant) {
    assertEquals(2, execute("train", mistyped, "2"));
    assertTrue(
        text(err).contains("Unknown option: '" + mistyped + "', did you mean '" + meant + "'?"),
        text(err));
  }

  @Test
  void resumeNeedsARun() {
    refuses(
        "convoy: --resume needs --out RUN: the folder of the run to go on with",
        "train",
        "--resume");
  }

  @Test
  void aRunThatIsNotThere() {
    refuses(
        "convoy: file:%s holds no run (it has no run.json); look for a mistyped path"
            .formatted(folder),
        "evaluate",
        folder.toString());
  }

  @Test
  void aRecipeWithoutAFolderTellsHowToGiveIt() {
    refuses(
        "convoy: the recipe does not say where its images are: name their folder by --data DIR, or"
            + " by data.path in the recipe; it holds train-images-idx3-ubyte,"
            + " train-labels-idx1-ubyte and the t10k- files, gzip or not; convoy fetch NAME DIR"
            + " fetches such images: NAME is fashion-mnist or mnist",
        "train",
        "fashion-mnist");
  }

  @Test
  void aMistakeInTheRecipeNamesFileAndKey() throws IOException {
    Path recipe = Files.writeString(folder.resolve("r.yaml"), "epoch: 3\n");
    execute("train", recipe.toString());
    assertTrue(
        text(err).startsWith("convoy: " + recipe + ": unknown key 'epoch', did you mean 'epochs'?"),
        text(err));
  }

  /** Found before a single image is drawn or a session started. */
  @Test
  void moreExecutorsThanShards() throws IOException {
    refuses(
        "convoy: each executor needs at least one shard; got 5 executors for 4 shards: use at most 4"
            + " executors, or a recipe with more shards (which changes the result)",
        "train",
        "quickstart",
        "--executors",
        "5",
        "--out",
        folder.resolve("run").toString());
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aFolderThatHoldsOtherThingsIsNotDrawnInto() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    refuses(
        "convoy: %s exists and was not drawn by Convoy (it has no file COMPLETE): choose another folder"
            .formatted(folder),
        "train",
        "quickstart",
        "--data",
        folder.toString());
  }

  private void refuses(String line, String... arguments) {
    assertEquals(2, execute(arguments), () -> text(err));
    assertEquals(line, text(err).strip());
    assertEquals("", text(out));
  }

  private int execute(String... arguments) {
    out.reset();
    err.reset();
    return Main.execute(arguments, new Console(stream(out), stream(err)));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
