package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.schedule.Constant;
import io.convoy.schedule.Cycles;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.schema.json describes the lines that a training writes, and no others. */
class MetricsSchemaTest {
  private static final Path DOCS = Path.of("../docs");
  private static final List<String> KINDS =
      List.of("loss", "executors", "health", "validationLoss", "snapshot", "diverged");

  @TempDir Path folder;
  private final Schema schema = schema();

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(DOCS.resolve("metrics.schema.json")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> errors(String line) {
    return schema.validate(line, InputFormat.JSON).stream().map(Object::toString).toList();
  }

  /** All kinds of lines, by both ways to train. */
  @Test
  void whatTrainingsWrite() throws IOException {
    DataSet data = Trainings.data(folder, 157);
    try (JavaSparkContext spark = Sessions.local()) {
      for (Sync sync : Sync.values()) {
        Recipe recipe =
            Trainings.recipe(Trainings.MOMENTUM, 20, 4, sync).toBuilder()
                .schedule(new Cycles(0.02, 0, 0, 2))
                .clip(new ClipOptions(null, 2f))
                .validation(new ValidationOptions(0.1, null))
                .checkpoint(new CheckpointOptions(7, 3))
                .build();
        Path run = folder.resolve("run-" + sync);
        new SparkTrainer(spark).train(Runs.job(recipe, data, run, 1), new TrainingListener() {});
        assertLines(Files.readAllLines(run.resolve("metrics.jsonl")), KINDS.subList(0, 5));
      }
    }
  }

  @Test
  void whatATrainingWritesThatDiverges() throws IOException {
    DataSet data = Trainings.data(folder, 157);
    try (JavaSparkContext spark = Sessions.local()) {
      Recipe recipe =
          Trainings.recipe(Trainings.MOMENTUM, 20, 4, Sync.PEERS).toBuilder()
              .schedule(new Constant(1e20, 0))
              .build();
      Path run = folder.resolve("run");
      SparkTrainer trainer = new SparkTrainer(spark);
      assertThrows(
          ConvoyException.class,
          () -> trainer.train(Runs.job(recipe, data, run, 1), new TrainingListener() {}));
      List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
      lines.forEach(line -> assertEquals(List.of(), errors(line), line));
      assertTrue(lines.get(lines.size() - 1).contains("\"diverged\":"), lines::toString);
    }
  }

  private void assertLines(List<String> lines, List<String> expected) {
    Set<String> kinds = new TreeSet<>();
    for (String line : lines) {
      assertEquals(List.of(), errors(line), line);
      KINDS.stream().filter(kind -> line.contains("\"" + kind + "\":")).forEach(kinds::add);
    }
    assertEquals(new TreeSet<>(expected), kinds);
  }

  @Test
  void whatTheDocumentShows() throws IOException {
    String text = Files.readString(DOCS.resolve("metrics.md"));
    Matcher block = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(text);
    assertTrue(block.find());
    List<String> lines = block.group(1).lines().toList();
    assertLines(lines, KINDS);
    // each key of a line has its place in the text
    Set<String> keys = new TreeSet<>();
    Matcher key = Pattern.compile("\"([a-zA-Z]+)\":").matcher(block.group(1));
    while (key.find()) {
      keys.add(key.group(1));
    }
    String words = text.replace(block.group(), "");
    keys.removeIf(name -> words.contains("`" + name + "`"));
    assertEquals(Set.of(), keys, "keys that the text does not tell of");
  }

  @Test
  void whatIsNoLine() {
    List<String> wrong =
        List.of(
            "{\"step\":1}",
            "{\"step\":0,\"snapshot\":1}",
            "{\"step\":1,\"snapshot\":\"one\"}",
            "{\"step\":1,\"health\":{\"layers\":[{\"name\":\"relu\"}]}}",
            "{\"step\":1,\"health\":{\"layers\":[{\"name\":\"relu\",\"deadShare\":1.5}]}}",
            "{\"step\":1,\"executors\":[]}",
            "{\"step\":1,\"snapshot\":1,\"validationLoss\":1}",
            "[]");
    wrong.forEach(line -> assertFalse(errors(line).isEmpty(), line));
  }
}
