package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written as YAML reads back as it was. */
class YamlTextTest {
  @Test
  void recipesGoThereAndBack() {
    for (String name : RecipeFile.BUNDLED) {
      RecipeFile file = RecipeFile.find(name, Optional.empty());
      ObjectNode tree = RecipeReader.tree(file);
      String text = YamlText.of(tree);
      assertEquals(tree, RecipeReader.tree(new RecipeFile("", "", text)), text);
      assertTrue(text.contains("\nbatchSize: "), text);
    }
  }

  /** Texts that would be something else without quotes, and numbers at the ends of their range. */
  @Test
  void soDoTextsThatLookLikeSomethingElse() {
    ObjectNode tree = Json.object();
    for (String odd :
        new String[] {
          "1e5", "true", "null", "", " x", "a: b", "#c", "0x1F", "~", "é\n\"'", "- x"
        }) {
      tree.putObject("k" + tree.size()).put("odd", odd).putArray("all").add(odd);
    }
    tree.put("tiny", 5e-324).put("decay", 1.0E-4).put("large", 1e30).put("whole", -7);
    tree.put("long", Long.MIN_VALUE).put("yes", true).putNull("nothing");
    String text = YamlText.of(tree);
    assertEquals(tree, RecipeReader.tree(new RecipeFile("", "", text)), text);
  }
}
