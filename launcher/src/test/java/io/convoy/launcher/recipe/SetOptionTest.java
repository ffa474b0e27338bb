package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import org.junit.jupiter.api.Test;

final class SetOptionTest {
  private final ObjectNode tree =
      (ObjectNode)
          Yaml.parse(
              "{optimizer: {type: sgd}, layers: [{rate: 0.1}, {rate: 0.2}], epochs: 3}", "t");

  @Test
  void setsWhatIsThereAndWhatIsNew() {
    apply("optimizer.type=adam");
    apply("optimizer.momentum=0.8");
    apply("layers.1.rate=5e-1");
    apply("checkpoint={keep: 5}");
    apply("name=a=b");
    assertEquals(
        "{\"optimizer\":{\"type\":\"adam\",\"momentum\":0.8},\"layers\":[{\"rate\":0.1},"
            + "{\"rate\":0.5}],\"epochs\":3,\"checkpoint\":{\"keep\":5},\"name\":\"a=b\"}",
        tree.toString());
  }

  @Test
  void replacesAnElementOfAList() {
    apply("layers.0=7");
    assertEquals("[7,{\"rate\":0.2}]", tree.get("layers").toString());
  }

  @Test
  void aParentThatIsNotThereNamesTheNearest() {
    refuses(
        "optimiser.momentum=0.8",
        "--set optimiser.momentum=0.8: the recipe has no key 'optimiser' to look into, did you mean"
            + " 'optimizer'?; where it is meant to be new, set it as a whole: --set"
            + " 'optimiser={momentum: …}'");
  }

  @Test
  void aMappingThatTheRecipeLacksIsMade() {
    apply("augmentation.cropPadding=4");
    apply("augmentation.flip=true");
    assertEquals("{\"cropPadding\":4,\"flip\":true}", tree.get("augmentation").toString());
    tree.putNull("clip"); // as run.json has what is left out
    apply("clip.norm=5");
    assertEquals("{\"norm\":5}", tree.get("clip").toString());
  }

  @Test
  void aListHasNumbers() {
    String rule =
        "'layers' is a list of 2 elements: the key after it is a number from 0 to 1; got ";
    refuses("layers.2.rate=1", "--set layers.2.rate=1: " + rule + "'2'");
    refuses("layers.first.rate=1", "--set layers.first.rate=1: " + rule + "'first'");
    refuses("layers.2=1", "--set layers.2=1: " + rule + "'2'");
  }

  @Test
  void aPlainValueHasNoKeys() {
    refuses("epochs.x=1", "--set epochs.x=1: 'epochs' is 3 and has no keys");
  }

  @Test
  void whatIsNoPairIsRefused() {
    String rule = "--set wants key=value, such as --set optimizer.momentum=0.8; got ";
    refuses("epochs", rule + "'epochs'");
    refuses("=3", rule + "'=3'");
    refuses("optimizer..x=3", rule + "'optimizer..x=3'");
    refuses(
        "epochs=",
        "--set wants a value after '=', such as --set optimizer.momentum=0.8; got 'epochs='");
  }

  private void apply(String option) {
    SetOption.parse(option).applyTo(tree, RetiredKeys.ALL);
  }

  private void refuses(String option, String message) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> apply(option));
    assertEquals(message, error.getMessage());
    assertEquals(2, error.exitCode());
  }
}
