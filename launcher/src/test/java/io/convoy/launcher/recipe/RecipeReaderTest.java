package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.reader.DataFormat;
import io.convoy.error.ConvoyException;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.CheckpointOptions.Best;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.EarlyStoppingOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;
import io.convoy.schedule.Plateau;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class RecipeReaderTest {
  private static final Pattern JAVA =
      Pattern.compile("[a-z]+\\.[a-z]+\\.[A-Z]|[A-Z]+_[A-Z]+_|of (int|long)\\b|Jackson|null|Token");

  static final String VALID =
      """
      name: small
      data: {format: folders}
      network:
        input: [8, 8, 1]
        layers:
          - {name: conv1, type: conv2d, outChannels: 4, kernel: 3}
          - {name: flat, type: flatten}
          - {name: logits, type: linear, outFeatures: 3}
      batchSize: 16
      epochs: 2
      optimizer: {type: sgd, momentum: 0.8, weightDecay: 5e-4}
      schedule: {type: cosine, rate: 0.1}
      """;

  @Test
  void readsARecipe() {
    Recipe recipe = read(VALID);
    assertEquals("small", recipe.name());
    assertEquals(8, recipe.shards());
    assertEquals(new Sgd(0.8f, false, 5e-4f, false), recipe.optimizer());
    assertEquals(3, recipe.network().outputShape().channels());
  }

  @Test
  void overridesComeOneAfterTheOther() {
    Recipe recipe =
        read(VALID, "epochs=7", "epochs=9", "optimizer={type: adam}", "network.layers.0.kernel=5");
    assertEquals(9, recipe.epochs());
    assertEquals(2, recipe.optimizer().slots().size());
    assertEquals(4, recipe.network().nodes().get(0).shape().height());
  }

  @Test
  void clipAndEmaAreNotThereUnlessAskedFor() {
    assertNull(read(VALID).clip());
    assertNull(read(VALID).ema());
    Recipe recipe = read(VALID + "clip: {norm: 5}\nema: {}\n");
    assertEquals(new ClipOptions(null, 5f), recipe.clip());
    assertEquals(new EmaOptions(0.999, true), recipe.ema());
    assertEquals(new EmaOptions(0.9, false), read(VALID, "ema={decay: .9, warmup: false}").ema());
  }

  @Test
  void clipAndEmaAreChecked() {
    refuses(
        VALID + "clip: {}\n",
        "small.yaml: clip: give value (the limit of each element), norm (of all together), or both;"
            + " got neither");
    refuses(VALID + "clip: {norm: 0}\n", "small.yaml: clip.norm must be above 0; got 0.0");
    refuses(
        VALID + "clip: {norn: 1}\n", "small.yaml: clip: unknown key 'norn', did you mean 'norm'?");
    refuses(VALID + "ema: {decay: 1}\n", "small.yaml: ema.decay must lie in [0, 1); got 1.0");
    refuses(
        VALID + "ema: {decai: 1}\n", "small.yaml: ema: unknown key 'decai', did you mean 'decay'?");
  }

  @Test
  void validationIsNotThereUnlessAskedFor() {
    assertNull(read(VALID).validation());
    assertEquals(
        new ValidationOptions(0.1, null), read(VALID + "validation: {share: 0.1}\n").validation());
    assertEquals(
        new ValidationOptions(null, 500), read(VALID, "validation={samples: 500}").validation());
  }

  @Test
  void validationIsChecked() {
    refuses(
        VALID + "validation: {}\n",
        "small.yaml: validation: give share (of the training set) or samples (how many), one of"
            + " them; got neither");
    refuses(
        VALID + "validation: {share: 0.5, samples: 3}\n",
        "small.yaml: validation: give share (of the training set) or samples (how many), one of"
            + " them; got share=0.5 and samples=3");
    refuses(
        VALID + "validation: {share: 1}\n",
        "small.yaml: validation.share must lie in (0, 1); got 1.0");
    refuses(
        VALID + "validation: {samples: 0}\n",
        "small.yaml: validation.samples must be at least 1; got 0");
    refuses(
        VALID + "validation: {shar: 0.1}\n",
        "small.yaml: validation: unknown key 'shar', did you mean 'share'?");
  }

  @Test
  void whatGoesByValidationIsNotThereUnlessAskedFor() {
    assertNull(read(VALID).earlyStopping());
    assertEquals(new CheckpointOptions(0, 3, false, Best.LOSS, 30, true), read(VALID).checkpoint());
    String validated = VALID + "validation: {share: 0.1}\n";
    assertEquals(
        new CheckpointOptions(40, 2, true, Best.ACCURACY, 5, false),
        read(validated
                + "checkpoint: {everySteps: 40, keep: 2, keepBest: true, best: accuracy,"
                + " retryMinutes: 5, tensorBoard: false}\n")
            .checkpoint());
    assertEquals(
        new EarlyStoppingOptions(5, 0), read(validated + "earlyStopping: {}\n").earlyStopping());
    assertEquals(
        new EarlyStoppingOptions(2, 0.5),
        read(validated, "earlyStopping={patience: 2, minDelta: 0.5}").earlyStopping());
  }

  @Test
  void whatGoesByValidationIsChecked() {
    refuses(
        VALID + "checkpoint: {keepBest: true}\n",
        "small.yaml: checkpoint.keepBest goes by validation: hold some images back for it, such as"
            + " by validation: {share: 0.1}");
    refuses(VALID + "earlyStopping: {}\n", "small.yaml: earlyStopping goes by validation:");
    String validated = VALID + "validation: {share: 0.1}\n";
    refuses(
        validated + "checkpoint: {best: precision}\n",
        "small.yaml: checkpoint.best: expected one of loss, accuracy; got 'precision'");
    refuses(
        validated + "earlyStopping: {patience: 0}\n",
        "small.yaml: earlyStopping.patience must be at least 1; got 0");
    refuses(
        validated + "earlyStopping: {minDelta: -1}\n",
        "small.yaml: earlyStopping.minDelta must be at least 0; got -1.0");
    refuses(
        validated + "earlyStopping: {patients: 3}\n",
        "small.yaml: earlyStopping: unknown key 'patients', did you mean 'patience'?");
  }

  @Test
  void plateauGoesByValidation() {
    String plateau = VALID.replace("type: cosine, rate: 0.1", "type: plateau, rate: 0.1");
    assertEquals(
        new Plateau(0.1, 0, 0.1, 5, 0, 0), read(plateau + "validation: {share: 0.1}\n").schedule());
    assertEquals(
        new Plateau(0.1, 2, 0.5, 3, 0.25, 0.001),
        read(plateau.replace(
                    "rate: 0.1}",
                    "rate: 0.1, warmupEpochs: 2, factor: 0.5, patience: 3, minDelta: 0.25,"
                        + " minRate: 1e-3}")
                + "validation: {share: 0.1}\n")
            .schedule());
    refuses(plateau, "small.yaml: this schedule goes by validation: hold some images back for it");
    refuses(
        plateau.replace("rate: 0.1", "rate: 0.1, factor: 1"),
        "small.yaml: schedule plateau: factor must lie in (0, 1); got 1.0");
    refuses(
        plateau.replace("rate: 0.1", "rate: 0.1, patience: 0"),
        "schedule plateau: patience must be at least 1; got 0");
    refuses(
        plateau.replace("rate: 0.1", "rate: 0.1, minRate: 0.2"),
        "schedule plateau: minRate must lie in [0, rate]; got minRate=0.2 rate=0.1");
    refuses(
        plateau.replace("rate: 0.1", "rate: 0.1, minDelta: -1"),
        "schedule plateau: minDelta must be at least 0; got -1.0");
  }

  @Test
  void unknownKeyNamesTheNearest() {
    refuses(
        VALID.replace("batchSize", "batchsice"),
        "small.yaml: unknown key 'batchsice', did you mean 'batchSize'? known here: augmentation,");
  }

  @Test
  void mistypedNestedKey() {
    refuses(
        VALID.replace("momentum", "momentm"),
        "small.yaml: optimizer: unknown key 'momentm', did you mean 'momentum'? known here:");
    refuses(
        VALID.replace("kernel: 3", "kernal: 3"),
        "small.yaml: network.layers[0] 'conv1': unknown key 'kernal', did you mean 'kernel'?");
  }

  @Test
  void wrongTypeGivesTheValue() {
    refuses(
        VALID.replace("epochs: 2", "epochs: many"),
        "small.yaml: epochs: expected a whole number; got 'many'");
    refuses(
        VALID.replace("epochs: 2", "epochs: 2.5"),
        "small.yaml: epochs: expected a whole number; got 2.5");
    refuses(
        VALID.replace("epochs: 2", "epochs: [2]"),
        "small.yaml: epochs: expected a whole number; got a list");
    refuses(
        VALID.replace("momentum: 0.8", "nesterov: maybe"),
        "small.yaml: optimizer.nesterov: expected true or false; got 'maybe'");
    refuses(
        VALID.replace("format: folders", "format: jpeg"),
        "small.yaml: data.format: expected one of %s; got 'jpeg'".formatted(DataFormat.names()));
  }

  @Test
  void missingKey() {
    refuses(
        VALID.replace("outChannels: 4, ", ""),
        "small.yaml: network.layers[0] 'conv1': outChannels is missing");
    refuses(VALID.replace("data: {format: folders}", ""), "small.yaml: data is missing");
  }

  @Test
  void aRequiredKeyWithoutAValueIsMissing() {
    refuses(VALID.replace("batchSize: 16", "batchSize:"), "small.yaml: batchSize is missing");
    refuses(VALID.replace("epochs: 2", "epochs: ~"), "small.yaml: epochs is missing");
    refuses(VALID.replace("rate: 0.1", "rate: "), "small.yaml: schedule: rate is missing");
    refuses(VALID.replace(", rate: 0.1", ""), "small.yaml: schedule: rate is missing");
    refuses(
        VALID.replace("outChannels: 4", "outChannels: "),
        "small.yaml: network.layers[0] 'conv1': outChannels is missing");
    refuses(
        VALID.replace("kernel: 3", "kernel: "),
        "small.yaml: network.layers[0] 'conv1': kernel is missing");
    refuses(
        VALID.replace("type: cosine", "type: step").replace("0.1}", "0.1, milestones: [1, ~]}"),
        "small.yaml: schedule.milestones[1] is empty: every element of a list has a value");
    assertEquals(0, read(VALID + "maxSteps:\nclip:\nseed:\n").maxSteps());
  }

  /** Text is text, and a number a number; quotes tell which. */
  @Test
  void quotesAreRespected() {
    assertEquals("1e5", read(VALID.replace("name: small", "name: \"1e5\"")).name());
    assertEquals("no", read(VALID.replace("name: small", "name: no")).name());
    refuses(
        VALID.replace("name: small", "name: 1e5"),
        "small.yaml: name: expected text; got 100000.0: put it in quotes");
    refuses(
        VALID.replace("rate: 0.1", "rate: \"1e-3\""),
        "small.yaml: schedule.rate: expected a number; got '1e-3'");
    refuses(
        VALID.replace("rate: 0.1", "rate: '0.1'"),
        "small.yaml: schedule.rate: expected a number; got '0.1'");
    refuses(
        VALID.replace("name: conv1", "name: 1e1"),
        "small.yaml: network.layers[0].name: expected text; got 10.0: put it in quotes");
    refuses(VALID.replace("rate: 0.1", "rate: .inf"), "small.yaml, line 12, column 32: .inf is");
  }

  @Test
  void aNumberOutOfRangeIsToldInPlainWords() {
    refuses(
        VALID.replace("epochs: 2", "epochs: 99999999999"),
        "small.yaml: epochs: expected a whole number from -2147483648 to 2147483647; got"
            + " 99999999999");
    refuses(
        VALID + "seed: 99999999999999999999\n",
        "small.yaml: seed: expected a whole number from -9223372036854775808 to");
    refuses(
        VALID.replace("kernel: 3", "kernel: 99999999999"),
        "small.yaml: network.layers[0] 'conv1'.kernel: expected a whole number or");
  }

  @Test
  void unknownLayerType() {
    refuses(
        VALID.replace("type: conv2d", "type: conv2"),
        "small.yaml: network.layers[0] 'conv1': unknown type 'conv2', did you mean 'conv2d'? known"
            + " types: add, avgPool2d, batchNorm2d, channelScale, channelShuffle, concat, conv2d,");
    refuses(
        VALID.replace("type: flatten", "typ: flatten"),
        "small.yaml: network.layers[1] 'flat': type is missing; it must be one of add,");
    refuses(
        VALID.replace("type: sgd", "type: sdg"),
        "small.yaml: optimizer: unknown type 'sdg', did you mean 'sgd'? known types: adagrad, adam,"
            + " adamw, lamb, lars, lion, muon, rmsprop, sgd");
  }

  @Test
  void shapeThatDoesNotFitNamesTheLayer() {
    refuses(
        VALID.replace("    - {name: flat, type: flatten}\n", ""),
        "small.yaml: network: layer 'logits': linear takes a vector [features]; got the image"
            + " 6x6x4: put a flatten layer before it");
  }

  @Test
  void valueOutOfItsRange() {
    refuses(
        VALID.replace("0.8", "1.5"),
        "small.yaml: optimizer: sgd: momentum must lie in [0, 1); got 1.5");
    refuses(
        VALID.replace("epochs: 2", "epochs: 0"), "small.yaml: epochs must be at least 1; got 0");
    refuses(
        VALID + "checkpoint: {keep: 0}\n", "small.yaml: checkpoint.keep must be at least 1; got 0");
  }

  @Test
  void syntaxErrorHasLineAndColumn() {
    refuses(
        VALID.replace("{type: cosine, rate: 0.1}", "{type: cosine, rate: 0.1"),
        "small.yaml, line 13, column 1: not valid YAML: while parsing a flow mapping: expected ','"
            + " or '}', but got <stream end>");
    refuses("a: 1\n\tb: 2\n", "small.yaml, line 2, column 1: not valid YAML:");
  }

  @Test
  void keyThatStandsTwiceIsRefused() {
    refuses(
        VALID + "epochs: 3\n",
        "small.yaml, line 13, column 1: the key 'epochs' stands twice, in line 10 and in line 13");
  }

  @Test
  void whatIsNoMappingIsRefused() {
    refuses(
        "",
        "small.yaml: a recipe is a mapping of keys such as 'epochs: 3'; this one holds nothing");
    refuses("- 1\n", "this one holds a list");
    refuses("hello", "this one holds \"hello\"");
  }

  /** Nine lines must not become a billion elements. */
  @Test
  void aliasesAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%s: &a%s [*a%s, *a%s]\n".formatted(i, i, i - 1, i - 1));
    }
    refuses(bomb.toString(), "small.yaml, line 2, column 10: the alias *a0 is not read: write");
  }

  @Test
  void deepNestingIsRefused() {
    refuses("a: " + "[".repeat(50_000), "small.yaml, line 1, column 68: values stand more than 64");
  }

  static Recipe read(String text, String... overrides) {
    RecipeFile file = new RecipeFile("small.yaml", "small", text);
    return RecipeReader.recipe(
        RecipeReader.tree(file),
        file.place(),
        List.of(overrides).stream().map(SetOption::parse).toList());
  }

  /** The message has all of these parts, no word of Java's, one line; the exit code is 2. */
  static void refuses(String text, String... parts) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> read(text));
    for (String part : parts) {
      assertTrue(
          error.getMessage().contains(part),
          () -> "expected: " + part + "\nbut got: " + error.getMessage());
    }
    assertEquals(1, error.getMessage().lines().count());
    assertFalse(JAVA.matcher(error.getMessage()).find(), "words of Java's: " + error.getMessage());
    assertEquals(2, error.exitCode());
  }
}
