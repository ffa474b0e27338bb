package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that were never there stand for those that a later Convoy will have lost. */
final class RetiredKeysTest {
  private static final RetiredKeys RETIRED =
      new RetiredKeys(
          List.of(
              new RetiredKey("miniBatch", "0.9", "write batchSize"),
              new RetiredKey("rates", "0.9", "write schedule"),
              new RetiredKey("clip.limit", "0.9", "write clip.value"),
              new RetiredKey("optimizer[sgd].dampening", "0.9", "leave it out, it is always 0"),
              new RetiredKey("schedule[polynomial]", "0.9", "write a cosine"),
              new RetiredKey("network.inputShape", "0.9", "write network.input"),
              new RetiredKey("network.layers[conv2d].window", "0.9", "write kernel"),
              new RetiredKey("network.layers[lrn]", "0.9", "take batchNorm2d"),
              new RetiredKey("network.layers[conv2d].initializer[normal].mean", "0.9", "drop it"),
              new RetiredKey("network[alexnet]", "0.9", "write vgg-11"),
              new RetiredKey("network[mobilenet-v1].alpha", "0.9", "write width")));

  @Test
  void aRetiredKeySaysWhatReplacedIt() {
    refuses("miniBatch: 32", "r.yaml: key 'miniBatch' was retired in Convoy 0.9: write batchSize");
    refuses(
        "clip: {limit: 1}",
        "r.yaml: clip: key 'limit' was retired in Convoy 0.9: write clip.value");
    refuses(
        "network: {inputShape: [8, 8, 1]}",
        "r.yaml: network: key 'inputShape' was retired in Convoy 0.9: write network.input");
    refuses(
        "network: {layers: [{type: relu}, {name: c, type: conv2d, window: 3}]}",
        "r.yaml: network.layers[1] 'c': key 'window' was retired in Convoy 0.9: write kernel");
  }

  @Test
  void aKeyIsRetiredForItsTypeAlone() {
    refuses(
        "optimizer: {type: sgd, dampening: 0.1}",
        "r.yaml: optimizer: key 'dampening' was retired in Convoy 0.9: leave it out, it is always"
            + " 0");
    ConvoyException adam =
        assertThrows(ConvoyException.class, () -> read("optimizer: {type: adam, dampening: 0.1}"));
    assertTrue(
        adam.getMessage().startsWith("r.yaml: optimizer: unknown key 'dampening'"),
        adam.getMessage());
  }

  @Test
  void aRetiredTypeSaysWhatReplacedIt() {
    refuses(
        "schedule: {type: polynomial, rate: 1}",
        "r.yaml: schedule: type 'polynomial' was retired in Convoy 0.9: write a cosine");
    refuses(
        "network: {layers: [{type: lrn}]}",
        "r.yaml: network.layers[0]: type 'lrn' was retired in Convoy 0.9: take batchNorm2d");
  }

  @Test
  void aNetworkOfTheZooSaysWhatReplacedIt() {
    refuses(
        "network: {type: mobilenet-v1, alpha: 0.5}",
        "r.yaml: network: key 'alpha' was retired in Convoy 0.9: write width");
    String alexNet = "r.yaml: network: type 'alexnet' was retired in Convoy 0.9: write vgg-11";
    refuses("network: {type: alexnet, classes: 10}", alexNet);
    refuses("network: alexnet", alexNet);
    refuses("epochs: 3", alexNet, "network=alexnet");
    ConvoyException other =
        assertThrows(ConvoyException.class, () -> read("network: {type: vgg-11, alpha: 0.5}"));
    assertTrue(
        other.getMessage().startsWith("r.yaml: network: unknown key 'alpha'"), other.getMessage());
  }

  @Test
  void anInitializerSaysWhatReplacedItsKey() {
    refuses(
        "network: {layers: [{name: c, type: conv2d, initializer: {type: normal, mean: 0}}]}",
        "r.yaml: network.layers[0] 'c'.initializer: key 'mean' was retired in Convoy 0.9: drop it");
  }

  @Test
  void setGoesThroughTheSameTable() {
    refuses(
        "epochs: 3",
        "r.yaml: key 'miniBatch' was retired in Convoy 0.9: write batchSize",
        "miniBatch=32");
    refuses(
        "optimizer: {type: sgd}",
        "r.yaml: optimizer: key 'dampening' was retired in Convoy 0.9: leave it out, it is always"
            + " 0",
        "optimizer.dampening=0.1");
    refuses(
        "epochs: 3",
        "--set rates.warmup=1: key 'rates' was retired in Convoy 0.9: write schedule",
        "rates.warmup=1");
    refuses(
        "network: {layers: [{type: conv2d}]}",
        "--set network.layers.0.window.0=1: key 'window' was retired in Convoy 0.9: write kernel",
        "network.layers.0.window.0=1");
  }

  private static void read(String text, String... set) {
    RecipeFile file = new RecipeFile("r.yaml", "r", text);
    List<SetOption> overrides = List.of(set).stream().map(SetOption::parse).toList();
    RecipeReader.recipe(RecipeReader.tree(file), file.place(), overrides, RETIRED);
  }

  private static void refuses(String text, String message, String... set) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> read(text, set));
    assertEquals(message, error.getMessage());
    assertEquals(2, error.exitCode());
  }
}
