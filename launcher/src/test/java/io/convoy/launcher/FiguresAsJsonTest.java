package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --json}: one object on stdout, with the figures that people are shown. */
final class FiguresAsJsonTest {
  private static final String RECIPE =
      """
      name: birds
      data: {format: folders, size: 8, stretch: true}
      network:
        input: [8, 8, 3]
        layers:
          - {name: flatten, type: flatten}
          - {name: logits, type: linear, outFeatures: 2}
      batchSize: 4
      shards: 2
      epochs: 2
      optimizer: {type: sgd}
      schedule: {type: constant, rate: 0.1}
      standardization: {type: standardScore, mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25]}
      validation: {samples: 4}
      """;

  private static final int TRAINED = 7; // of each class; two of them held back
  private static final int TESTED = 3;

  private final Commands commands = new Commands();

  @TempDir Path folder;
  private String data;
  private String recipe;

  @BeforeEach
  void write() throws IOException {
    data = folder.resolve("data").toString();
    recipe = Files.writeString(folder.resolve("birds.yaml"), RECIPE).toString();
    for (String label : List.of("crow", "dove")) {
      draw("train", label, TRAINED);
      draw("test", label, TESTED);
    }
  }

  private void draw(String set, String label, int count) throws IOException {
    Path images = Files.createDirectories(Path.of(data, set, label));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR);
      image.setRGB(i, i, label.equals("crow") ? 0xff0000 : 0x0000ff);
      ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
    }
  }

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  /** What a command prints for people. */
  private String text(String... arguments) {
    assertEquals(0, commands.run(arguments), commands::err);
    return commands.out();
  }

  /** The same command's object, which stands alone. */
  private JsonNode json(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.add("--json");
    String out = text(words.toArray(String[]::new));
    assertEquals(1, out.lines().count(), out);
    JsonNode object = JsonMapper.builder().build().readTree(out);
    assertTrue(object.isObject(), out);
    return object;
  }

  private static void assertShows(String text, String format, Object... figures) {
    String line = String.format(Locale.ROOT, format, figures);
    assertTrue(text.contains(line), () -> "wanted: " + line + "\nbut got: " + text);
  }

  @Test
  @Tag("slow")
  void aTrainingAndWhatComesOfIt() throws IOException {
    String run = place("run");
    JsonNode trained = json("train", recipe, "--data", data, "--out", run);
    JsonNode result = JsonMapper.builder().build().readTree(Path.of(run, "result.json").toFile());
    assertEquals(run, trained.get("run").asText());
    result
        .properties()
        .forEach(
            field -> assertEquals(field.getValue(), trained.get(field.getKey()), field.getKey()));
    String text = text("train", recipe, "--data", data, "--out", place("again"));
    assertShows(text, "test accuracy  %.2f %%", 100 * trained.get("testAccuracy").asDouble());
    assertShows(text, "training loss  %.4f", trained.get("trainLoss").asDouble());
    assertShows(text, "weightsSha256  %s", trained.get("weightsSha256").asText());
    evaluated(run);
    exchanged(run);
    predicted(run);
  }

  private void evaluated(String run) throws IOException {
    JsonNode object = json("evaluate", run);
    String text = text("evaluate", run);
    assertEquals(2 * TESTED, object.get("samples").asInt());
    assertShows(text, "test accuracy %.2f %%", 100 * object.get("testAccuracy").asDouble());
    assertShows(text, "test loss     %.4f", object.get("testLoss").asDouble());
  }

  private void exchanged(String run) throws IOException {
    String file = place("birds.onnx");
    JsonNode written = json("export", run, "--format", "onnx", "--out", file);
    String text = text("export", run, "--format", "onnx", "--out", file);
    assertEquals(
        "%s holds %s, as %s"
            .formatted(
                written.get("file").asText(),
                written.get("model").asText(),
                written.get("format").asText()),
        text.strip());
    JsonNode read = json("import", file, "--out", place("imported"));
    text = text("import", file, "--out", place("as-text"));
    assertShows(
        text,
        "%s layers, %s parameters, %s classes",
        read.get("layers"),
        read.get("parameters"),
        read.get("classes"));
    assertEquals(written.get("parameters"), read.get("parameters"));
    assertEquals(2 * 8 * 8 * 3 + 2, read.get("parameters").asInt());
    assertEquals(2, read.get("classes").asInt());
  }

  private void predicted(String run) throws IOException {
    String image = data + "/test/crow/1.png";
    JsonNode one = json("predict", run, "--data", image);
    String text = text("predict", run, "--data", image);
    assertShows(text, "%s: %s", one.get("image").asText(), one.get("labels").get(0).asText());
    assertEquals(2, one.get("likeliest").size());
    for (JsonNode each : one.get("likeliest")) {
      assertShows(
          text,
          "  %s  %6.2f %%",
          each.get("label").asText(),
          100 * each.get("probability").asDouble());
    }
    assertShows(text, "by %s", one.get("model").asText());
    JsonNode all = json("predict", run, "--data", data + "/test", "--out", place("rows"));
    text = text("predict", run, "--data", data + "/test", "--out", place("more"));
    assertEquals(2 * TESTED, all.get("images").asInt());
    assertEquals(0, all.get("failed").asInt());
    assertTrue(all.get("imagesPerSecond").asDouble() > 0);
    assertShows(text, "%s images, in %s file", all.get("images"), all.get("files"));
  }

  @Test
  @Tag("slow")
  void aPackedSet() throws IOException {
    JsonNode packed = json("pack", data, place("one"));
    String text = text("pack", data, place("other"));
    assertEquals(
        place("one"),
        Path.of(packed.get("folder").asText().replaceFirst("^file:/*", "/")).toString());
    assertEquals(2, packed.get("sets").size());
    for (JsonNode set : packed.get("sets")) {
      boolean training = set.get("name").asText().equals("train");
      assertEquals(2 * (training ? TRAINED : TESTED), set.get("images").asInt());
      assertShows(
          text,
          "%s: images %s, classes %s, files %s, row groups %s, ",
          set.get("name").asText(),
          set.get("images"),
          set.get("classes"),
          set.get("files"),
          set.get("groups"));
    }
  }

  @Test
  void aSheet() throws IOException {
    String[] words = {"preview", recipe, "--data", data, "--out", place("sheet.png")};
    JsonNode sheet = json(words);
    String text = text(words);
    assertShows(
        text,
        "sheet   %s (%s x %s pixels)",
        sheet.get("sheet").asText(),
        sheet.get("width"),
        sheet.get("height"));
    for (String line : List.of("images", "shown", "sizes")) {
      assertShows(text, "%-7s %s", line, sheet.get(line).asText());
    }
    assertEquals(2, sheet.get("classes").size());
    for (JsonNode row : sheet.get("classes")) {
      List<String> cells =
          List.of(
              row.get("name").asText(),
              row.get("label").asText(),
              row.get("images").asText(),
              row.get("shown").asText());
      assertTrue(
          text.lines().anyMatch(line -> List.of(line.strip().split(" +")).equals(cells)), text);
    }
  }

  /** Spelt and explained alike, wherever there are figures. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "evaluate",
        "predict",
        "explain",
        "ensemble",
        "export",
        "import",
        "pack",
        "preview",
        "check",
        "search",
        "summary",
        "doctor"
      })
  void everyCommandWithFiguresHasIt(String command) {
    String help = Invocation.of(command, "--help").out().replaceAll("\\s+", " ");
    assertTrue(
        help.contains("--json Prints the figures as one JSON object; all else goes to stderr."),
        help);
  }
}
