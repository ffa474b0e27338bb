package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only the training finds: one line, an exit code, and nothing lost or left in the way of the
 * next try.
 */
final class BadInputTest {
  private final Commands commands = new Commands();

  @TempDir Path folder;

  private IdxFolder data;
  private Path recipe;
  private Path run;

  @BeforeEach
  void writeRecipeAndData() throws IOException {
    recipe = Files.writeString(folder.resolve("tiny.yaml"), Commands.RECIPE);
    data = IdxFolder.sound(folder.resolve("data"));
    run = folder.resolve("run");
  }

  @Test
  void aLabelBeyondTheNetworksClasses() throws IOException {
    byte[] labels = IdxFolder.labels(IdxFolder.SAMPLES);
    labels[8 + 17] = 12;
    data.write("train-labels-idx1-ubyte", labels);
    refuses(
        Commands.USAGE,
        "layer 'logits': the network must end in one logit a class; it ends in 10, the data set has"
            + " 13 classes: set its outFeatures to 13, or network.classes where the recipe names a"
            + " network ({type: NAME, classes: 13}); label 12 is that of sample 17 (counted from 0) in ",
        "data/train-labels-idx1-ubyte");
  }

  /** EMNIST's letters count from 1. */
  @Test
  void labelsThatDoNotBeginAtZero() throws IOException {
    byte[] labels = IdxFolder.labels(IdxFolder.SAMPLES);
    for (int i = 8; i < labels.length; i++) {
      labels[i]++;
    }
    data.write("train-labels-idx1-ubyte", labels);
    refuses(
        Commands.USAGE,
        "it ends in 10, the data set has 11 classes: set its outFeatures to 11",
        "; its labels begin at 1 (those of EMNIST's letters at 1), and those from 0 count as classes"
            + " without images");
  }

  @Test
  void aTestLabelThatTrainingDoesNotHave() throws IOException {
    byte[] labels = IdxFolder.labels(IdxFolder.SAMPLES);
    labels[8 + 5] = 10;
    data.write("t10k-labels-idx1-ubyte", labels);
    refuses(
        Commands.DATA,
        "the test set's classes must be the training set's",
        "label 10 is that of sample 5 (counted from 0) in ",
        "data/t10k-labels-idx1-ubyte");
  }

  @Test
  void aNetworkWithAWrongNumberOfLogitsOrAnotherInput() {
    commands.fails(
        Commands.USAGE,
        train("--set", "network.layers.3.outFeatures=7"),
        "layer 'logits': the network must end in one logit a class; it ends in 7, the data set has"
            + " 10 classes");
    commands.fails(
        Commands.USAGE,
        train("--set", "network.input=[9, 9, 1]"),
        "network.input must be the images' shape [height, width, channels]; input is 9x9x1, images"
            + " are 8x8x1: change it, or set data.size, which has images brought to a size");
    assertFalse(Files.exists(run));
  }

  @Test
  void aTruncatedFile() throws IOException {
    byte[] images = IdxFolder.images(IdxFolder.SAMPLES);
    data.write("train-images-idx3-ubyte", Arrays.copyOf(images, 2000));
    String rule = "40 images of 8x8 need 2576 bytes; ";
    refuses(
        Commands.DATA,
        "data/train-images-idx3-ubyte: " + rule + "the file ends after 2000: it is truncated");
    data.delete("train-images-idx3-ubyte");
    data.write("train-images-idx3-ubyte.gz", IdxFolder.gzip(Arrays.copyOf(images, 1500)));
    refuses(
        Commands.DATA,
        "data/train-images-idx3-ubyte.gz: " + rule + "its gzip data unpack to 1500: it is");
    byte[] packed = IdxFolder.gzip(images);
    data.write("train-images-idx3-ubyte.gz", Arrays.copyOf(packed, packed.length / 2));
    refuses(Commands.DATA, "data/train-images-idx3-ubyte.gz: " + rule, "it is truncated");
  }

  @Test
  void aWrongMagicAndCountsThatDiffer() throws IOException {
    byte[] images = IdxFolder.images(IdxFolder.SAMPLES);
    images[2] = 0x0D;
    data.write("train-images-idx3-ubyte", images);
    refuses(
        Commands.DATA,
        "data/train-images-idx3-ubyte: images in IDX format begin with the bytes 0 0 8 and their"
            + " rank (3 or 4); the file begins with 0 0 13 3: it holds 32-bit floating-point numbers,"
            + " where Convoy reads unsigned bytes: convert them");
    data.write("train-images-idx3-ubyte", IdxFolder.images(30));
    refuses(
        Commands.DATA,
        "data/train-images-idx3-ubyte holds 30 images but ",
        "data/train-labels-idx1-ubyte holds 40 labels; each image needs one label");
  }

  @Test
  void anOutputFolderThatHoldsAnotherRunOrOtherFiles() throws IOException {
    succeeds(train());
    Map<String, String> before = Commands.contents(run);
    commands.fails(
        Commands.USAGE,
        train(),
        "run holds another run, owned by generation 1 on host ",
        "go on with it by --resume or choose another --out");
    assertEquals(before, Commands.contents(run));
    commands.fails(
        Commands.USAGE,
        train("--resume", "--set", "seed=2"),
        "'seed' may not change on resume, since the weights depend on it");
    assertEquals(before, Commands.contents(run));
    commands.fails(
        Commands.USAGE,
        train("--out", data.folder().toString()),
        "data holds files that are no run (such as t10k-images-idx3-ubyte)");
    commands.fails(
        Commands.USAGE, train("--out", recipe.toString()), "tiny.yaml is a file; choose a new");
    assertEquals(Commands.RECIPE, Files.readString(recipe));
  }

  /** Told before Spark is started, which this master would not let it be. */
  @Test
  void anOutputFolderThatHoldsAnotherRunIsToldFirst() {
    succeeds(train());
    List<String> nowhere = train("--master", "k8s://https://127.0.0.1:1");
    commands.fails(
        Commands.USAGE, nowhere, "run holds another run, owned by generation 1 on host ");
    System.setProperty("spark.submit.deployMode", "cluster");
    try { // where the cluster may have started the driver again, only the session tells
      commands.fails(Commands.RESOURCE, nowhere, "Spark does not start with the master k8s://");
    } finally {
      System.clearProperty("spark.submit.deployMode");
    }
  }

  /** Nobody may make a folder below /proc, root neither. */
  @Test
  void aFolderThatCannotBeWritten() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is no /proc here");
    commands.fails(
        Commands.RESOURCE,
        train("--out", "/proc/convoy/run"),
        "cannot create run folder file:/proc/convoy/run: ",
        "make room or give access there, or choose another --out");
  }

  @Test
  void moreExecutorsThanShards() {
    refuses(
        List.of("--executors", "5"),
        Commands.USAGE,
        "each executor needs at least one shard; got 5 executors for 4 shards: use at most 4"
            + " executors, or a recipe with more shards (which changes the result)");
  }

  /** Told before the run's folder is made: the same command, mended, goes through. */
  @Test
  void moreExecutorsThanSlots() {
    refuses(
        List.of("--master", "local[1]", "--executors", "2"),
        Commands.RESOURCE,
        "2 executors are to train in step, but the cluster has slots for 1 tasks at once"
            + " (local[1], spark.task.cpus=1): ask for fewer with --executors, or give it more"
            + " executors or cores");
    succeeds(train("--master", "local[2]", "--executors", "2"));
  }

  @Test
  void aLossThatIsNoNumberKeepsTheLastGoodCheckpoint() throws IOException {
    commands.fails(
        Commands.DIVERGED,
        train("--master", "local[2]", "--executors", "2", "--set", "schedule.rate=1e30"),
        "step 2: the loss is ",
        "; layer 'logits' is the first whose output is no finite number: start a new run with a"
            + " lower learning rate or more warm-up; the checkpoint of step 1 is kept, but to go on"
            + " from it would end alike");
    assertTrue(Files.exists(run.resolve("checkpoints/step-000000001/MANIFEST.json")));
    List<String> metrics = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertEquals(1, metrics.stream().filter(line -> line.contains("\"loss\":")).count());
    assertFalse(Files.exists(run.resolve("result.json")));
    succeeds(List.of("evaluate", run.toString()));
    assertTrue(commands.out().contains("step 1 of "), commands.out());
  }

  /** Fails, and leaves no run. */
  private void refuses(int exitCode, String... parts) {
    refuses(List.of(), exitCode, parts);
  }

  private void refuses(List<String> further, int exitCode, String... parts) {
    commands.fails(exitCode, train(further.toArray(String[]::new)), parts);
    assertFalse(Files.exists(run), "a run was left behind");
  }

  private void succeeds(List<String> arguments) {
    assertEquals(0, commands.run(arguments.toArray(String[]::new)), commands::err);
  }

  private List<String> train(String... further) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", recipe.toString(), "--data", data.folder().toString()));
    if (!List.of(further).contains("--out")) {
      arguments.addAll(List.of("--out", run.toString()));
    }
    arguments.addAll(List.of(further));
    return arguments;
  }
}
