package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in a recipe or on the command line: found before a session starts or a file is made. */
final class BadRecipeTest {
  private final Commands commands = new Commands();

  @TempDir Path folder;

  private Path recipe;

  @BeforeEach
  void writeTheRecipe() throws IOException {
    recipe = Files.writeString(folder.resolve("tiny.yaml"), Commands.RECIPE);
  }

  @Test
  void aMistypedKeyNamesTheNearest() throws IOException {
    refusesText(
        Commands.RECIPE.replace("batchSize", "batchsize"),
        "tiny.yaml: unknown key 'batchsize', did you mean 'batchSize'?");
    refusesText(
        Commands.RECIPE.replace("momentum", "momentun"),
        "tiny.yaml: optimizer: unknown key 'momentun', did you mean 'momentum'?");
    refusesText(
        Commands.RECIPE.replace("kernel:", "kernl:"),
        "tiny.yaml: network.layers[0] 'conv1': unknown key 'kernl', did you mean 'kernel'?");
  }

  @Test
  void aMistypedKeyOfSetNamesTheNearest() {
    refuses("unknown key 'epoch', did you mean 'epochs'?", "--set", "epoch=3");
    refuses(
        "optimizer: unknown key 'momentun', did you mean 'momentum'?",
        "--set",
        "optimizer.momentun=0.8");
    refuses(
        "--set optimizr.momentum=0.8: the recipe has no key 'optimizr' to look into, did you mean"
            + " 'optimizer'?",
        "--set",
        "optimizr.momentum=0.8");
    refuses(
        "network.layers[0] 'conv1': unknown key 'kernl', did you mean 'kernel'?",
        "--set",
        "network.layers.0.kernl=5");
    refuses(
        "'network.layers' is a list of 4 elements: the key after it is a number from 0 to 3; got"
            + " '9'",
        "--set",
        "network.layers.9.kernel=5");
    refuses("--set wants key=value", "--set", "epochs");
  }

  @Test
  void aShapeThatDoesNotFitNamesLayerRuleAndValues() {
    refuses(
        "tiny.yaml: network: layer 'conv1': conv2d: the window must fit into the padded image;"
            + " window 9x9 (kernel 9x9, dilation 1x1), image 8x8x1 padded to 8x8",
        "--set",
        "network.layers.0.kernel=9");
    refuses(
        "network: layer 'logits': linear takes a vector [features]; got the image 6x6x3: put a"
            + " flatten layer before it",
        "--set",
        "network.layers.2={name: again, type: relu}");
  }

  @Test
  void aFileThatIsNoRecipe() throws IOException {
    refusesText("", "tiny.yaml: a recipe is a mapping of keys such as 'epochs: 3'; this one holds");
    refusesText("{a: [", "tiny.yaml, line 1", "not valid YAML");
    refusesText("\u0001\u0002 binary", "tiny.yaml, line 1", "not valid YAML");
    refusesText("a: b\n".repeat(300_000), "tiny.yaml: a recipe has at most 1048576 bytes");
    StringBuilder bomb = new StringBuilder("name: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%s: &a%s [*a%s, *a%s]\n".formatted(i, i, i - 1, i - 1));
    }
    refusesText(bomb.toString(), "tiny.yaml, line 2, column 10: the alias *a0 is not read");
  }

  @Test
  void aRecipeThatIsNotThere() {
    commands.fails(
        Commands.USAGE,
        List.of("train", "no-such-recipe"),
        "there is no recipe 'no-such-recipe': give the path of a file, or one of cifar10,"
            + " fashion-mnist, fashion-mnist-100k, fashion-mnist-500k, mnist, quickstart,"
            + " resnet20-cifar10");
    commands.fails(
        Commands.USAGE, List.of("train", ""), "'' is a folder: give the path of a recipe file");
  }

  @Test
  void numbersOutOfTheirRange() {
    refuses("--executors and --threads must be at least 1; got 1 and 0", "--threads", "0");
    refuses("must be at least 1; got -1 and", "--executors", "-1");
    refuses(
        "Invalid value for option '--executors': '2.5' is no whole number", "--executors", "2.5");
  }

  @Test
  void aMistypedMaster() {
    for (String master : List.of("bogus", "local[0]", "local[x]", "spark://host", "spark://")) {
      refuses("--master must be local, local[THREADS],", "--master", master);
    }
  }

  @Test
  void optionsWithoutAValueAndPathsThatAreNone() {
    refuses("Missing required parameter for option '--out' (RUN); see convoy train", "--out");
    refuses("Unknown option: '--resum', did you mean '--resume'?", "--resum");
    refuses("'' is no path", "--data", "");
    refuses("'hfds://h/x' does not name a folder on a known file system", "--data", "hfds://h/x");
  }

  /** The name of a folder is right, whatever machine it names. */
  @Test
  void aMachineThatNobodyKnows() {
    String folder = "hdfs://no-such-host.invalid/x";
    String line = folder + ": there is no host 'no-such-host.invalid': correct its name";
    commands.fails(Commands.RESOURCE, train("--data", folder), line);
    commands.fails(Commands.RESOURCE, List.of("evaluate", folder), line);
    commands.fails(Commands.RESOURCE, List.of("summary", folder), line);
  }

  @Test
  void dataThatAreNotThere() {
    commands.fails(
        Commands.DATA,
        train("--data", folder.resolve("nowhere").toString()),
        "nowhere: no such folder: look for a mistyped path, or put the data there");
  }

  @Test
  void nothingToResumeOrEvaluate() {
    String none = "holds no run (it has no run.json); look for a mistyped path";
    List<String> resume = List.of("train", "--resume", "--out", folder.toString());
    commands.fails(Commands.USAGE, resume, none + ", or start a run there without --resume");
    commands.fails(Commands.USAGE, List.of("evaluate", folder.toString()), none);
    commands.fails(Commands.USAGE, List.of("evaluate", folder.resolve("nowhere").toString()), none);
  }

  private List<String> train(String... further) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", recipe.toString()));
    arguments.addAll(List.of(further));
    return arguments;
  }

  private void refuses(String part, String... further) {
    commands.fails(Commands.USAGE, train(further), part);
    assertEquals(List.of("tiny.yaml"), List.copyOf(Commands.contents(folder).keySet()));
  }

  private void refusesText(String text, String... parts) throws IOException {
    Files.writeString(recipe, text);
    commands.fails(Commands.USAGE, train(), parts);
  }
}
