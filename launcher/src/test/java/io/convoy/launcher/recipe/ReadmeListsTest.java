package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.augment.Standardization;
import io.convoy.data.transform.Transform;
import io.convoy.json.Families;
import io.convoy.layer.Layer;
import io.convoy.loss.Loss;
import io.convoy.optimizer.Optimizer;
import io.convoy.schedule.Schedule;
import io.convoy.zoo.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code README.md}'s lists of what there is, against the code. */
final class ReadmeListsTest {
  private static final Path README = Path.of("../README.md");
  private static final String HEADING = "## Layers and networks";

  private static final Map<String, Class<?>> FAMILIES =
      Map.of(
          "layers", Layer.class,
          "networks", Architecture.class,
          "augmentations", Transform.class,
          "standardizations", Standardization.class,
          "losses", Loss.class,
          "optimizers", Optimizer.class,
          "schedules", Schedule.class);

  @Test
  void theListsAreWhole() throws IOException {
    Map<String, List<String>> known = new TreeMap<>();
    FAMILIES.forEach((row, family) -> known.put(row, sorted(Families.names(family))));
    assertEquals(known, lists());
  }

  /** The names of each row of the section's table. */
  private static Map<String, List<String>> lists() throws IOException {
    Map<String, List<String>> lists = new TreeMap<>();
    Files.readString(README)
        .lines()
        .dropWhile(line -> !line.equals(HEADING))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .map(line -> line.split("\\|"))
        .filter(cells -> cells.length == 3 && FAMILIES.containsKey(cells[1].strip()))
        .forEach(cells -> lists.put(cells[1].strip(), sorted(RecipeDocument.codes(cells[2]))));
    return lists;
  }

  private static List<String> sorted(Iterable<String> names) {
    List<String> sorted = new ArrayList<>();
    names.forEach(sorted::add);
    sorted.sort(null);
    return sorted;
  }
}
