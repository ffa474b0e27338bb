package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.explain.SeenImages;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a small network looks at in drawn images of other sizes. */
final class ExplainCommandTest {
  @TempDir static Path folder;
  private static ExplainRig rig;

  private final Commands commands = new Commands();

  @BeforeAll
  static void train() throws IOException {
    rig = ExplainRig.in(folder);
  }

  private JsonNode explained(String out, String... further) throws IOException {
    String[] words = rig.words(out, further).toArray(String[]::new);
    assertEquals(0, commands.run(words), commands::err);
    return rig.figures(out);
  }

  @Test
  void picturesFiguresAndAPage() throws IOException {
    JsonNode figures = explained("all", "--set", rig.data().toString(), "--neighbours", "3");
    Path out = folder.resolve("all");
    assertEquals("relu2", figures.get("gradCamLayer").asText());
    assertEquals(2, figures.get("images").size());
    List<String> files = new ArrayList<>();
    figures.get("files").forEach(file -> files.add(file.asText()));
    assertEquals(
        new ArrayList<>(Commands.contents(out).keySet()), files.stream().sorted().toList());
    for (String file : files) {
      if (file.endsWith(".png")) {
        assertTrue(ImageIO.read(out.resolve(file).toFile()).getWidth() >= 12, file);
      }
    }
    assertTrue(files.contains("001-a-crow-grad-cam.png"), files::toString);
    assertTrue(files.contains("002-dove-co-features-02-conv2.png"), files::toString);
    assertTrue(files.contains("filters-conv1.png"), files::toString);
    assertTrue(
        commands.out().contains("page     file:%s/index.html (".formatted(out)), commands::out);
    assertTrue(Files.size(out.resolve("index.html")) < 2 << 20);
    String page = Files.readString(out.resolve("index.html"));
    assertFalse(page.contains("<dove>"), "names are data");
    assertTrue(page.contains("default-src 'none'; img-src data:;"));
  }

  /** What is seen, and said of it, is what convoy predict sees and says. */
  @Test
  void imagesAreThoseOfPrediction() throws IOException {
    JsonNode figures = explained("seen");
    Model model = Models.load(rig.run().toString(), WhichCheckpoint.NEWEST, new Configuration());
    List<Path> images = List.of(rig.crow(), rig.dove());
    for (int i = 0; i < images.size(); i++) {
      JsonNode image = figures.get("images").get(i);
      Path file = images.get(i);
      assertEquals(
          0, commands.run("predict", rig.run().toString(), "--data", file.toString(), "--json"));
      JsonNode predicted =
          Json.readFile(commands.out().getBytes(StandardCharsets.UTF_8), JsonNode.class, "");
      assertEquals(predicted.get("likeliest"), image.get("guesses"));
      assertEquals(predicted.at("/likeliest/0/probability"), image.get("probability"));
      assertEquals(predicted.at("/likeliest/0/label"), image.get("explained"));
      byte[] wanted = SeenImages.of(model, Files.readAllBytes(file), "");
      BufferedImage seen =
          ImageIO.read(folder.resolve("seen").resolve(image.get("seen").asText()).toFile());
      assertArrayEquals(wanted, pixels(seen));
    }
  }

  private static byte[] pixels(BufferedImage image) {
    byte[] bytes = new byte[3 * image.getWidth() * image.getHeight()];
    for (int i = 0; i < bytes.length; i++) {
      int rgb = image.getRGB(i / 3 % image.getWidth(), i / 3 / image.getWidth());
      bytes[i] = (byte) (rgb >> (16 - 8 * (i % 3)));
    }
    return bytes;
  }

  @Test
  void aSetIsLookedThrough() throws IOException {
    JsonNode figures = explained("set", "--set", rig.data().toString(), "--neighbours", "3");
    assertEquals(2 * ExplainRig.TESTED, figures.at("/set/of").asInt());
    assertEquals(2 * ExplainRig.TESTED, figures.at("/set/images").asInt());
    assertEquals("mean", figures.at("/set/layer").asText());
    double share = figures.at("/set/explainedVariance/0").asDouble();
    assertTrue(share > 0.2 && share <= 1, () -> "share: " + share);
    for (JsonNode image : figures.get("images")) {
      JsonNode near = image.get("neighbours");
      assertEquals(3, near.size());
      for (int k = 1; k < 3; k++) {
        assertTrue(
            near.at("/" + (k - 1) + "/distance").asDouble()
                <= near.at("/" + k + "/distance").asDouble());
      }
    }
    assertEquals(4, figures.get("filters").size());
    int risen = 0;
    for (JsonNode filter : figures.get("filters")) {
      assertTrue(filter.get("after").asDouble() >= filter.get("before").asDouble());
      risen += filter.get("after").asDouble() > filter.get("before").asDouble() ? 1 : 0;
      assertEquals(9, filter.get("images").size());
      assertTrue(
          filter.at("/images/0/excitement").asDouble()
              >= filter.at("/images/8/excitement").asDouble());
    }
    assertTrue(risen > 0, "all filters are dead for grey noise");
    List<String> lines = Files.readAllLines(folder.resolve("set/embedding.csv"));
    assertEquals(1 + 2 * ExplainRig.TESTED, lines.size());
    assertTrue(
        lines.get(1).matches("0,\".*test/crow/0.png\",\"crow\",-?[0-9.E-]+,-?[0-9.E-]+"),
        lines.get(1));
  }

  /** An image of the set is its own nearest neighbour, and some are taken evenly. */
  @Test
  void theNearestOfAnImageIsItself() throws IOException {
    Path image = rig.data().resolve("test/dove/3.png");
    String[] words = {
      "explain",
      rig.run().toString(),
      image.toString(),
      "--out",
      folder.resolve("near").toString(),
      "--set",
      rig.data().toString(),
      "--limit",
      "7",
      "--neighbours",
      "1",
      "--filters",
      "0"
    };
    assertEquals(0, commands.run(words), commands::err);
    JsonNode figures = rig.figures("near");
    assertEquals(7, figures.at("/set/images").asInt());
    JsonNode nearest = figures.at("/images/0/neighbours/0");
    assertEquals(10, nearest.get("row").asInt(), "of 14 rows every second one: dove 3 is row 10");
    assertEquals(0, nearest.get("distance").asDouble(), 1e-9);
    assertEquals("[\"dove\"]", nearest.get("labels").toString());
    assertTrue(figures.get("filters").isEmpty());
  }

  @Test
  void anyNumberOfThreadsAndAnyLanguageGiveTheSameBytes() throws IOException {
    explained("one", "--set", rig.data().toString(), "--threads", "1");
    Map<String, String> one = Commands.contents(folder.resolve("one"));
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
    try {
      explained("two", "--set", rig.data().toString(), "--threads", "3");
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(one, Commands.contents(folder.resolve("two")));
  }

  @Test
  void theClassThatIsAskedFor() throws IOException {
    JsonNode named = explained("named", "--class", "dove");
    JsonNode numbered = explained("numbered", "--class", "1");
    assertEquals("dove", named.get("wanted").asText());
    assertEquals(named, numbered);
    for (JsonNode image : named.get("images")) {
      assertEquals("dove", image.get("explained").asText());
    }
    JsonNode other = explained("other", "--class", "crow");
    String map = named.at("/images/0/saliency").asText();
    assertEquals(map, other.at("/images/0/saliency").asText());
    assertNotEquals(
        Commands.contents(folder.resolve("named")).get("001-a-crow-occlusion.png"),
        Commands.contents(folder.resolve("other")).get("001-a-crow-occlusion.png"));
  }

  @Test
  void layersAndFiltersThatAreAskedFor() throws IOException {
    JsonNode figures =
        explained(
            "layer",
            "--layer",
            "conv1",
            "--maps",
            "2",
            "--filter",
            "conv2:4",
            "--filter",
            "logits:0",
            "--occlusion-size",
            "5",
            "--occlusion-stride",
            "2");
    assertEquals("conv1", figures.get("gradCamLayer").asText());
    assertEquals(5, figures.get("square").asInt());
    assertEquals(2, figures.get("stride").asInt());
    assertEquals(
        "[\"conv1\"]", Json.text(figures.at("/images/0/features").findValuesAsText("layer")));
    assertEquals(2, figures.at("/images/0/features/0/shown").asInt());
    assertEquals(6, figures.at("/images/0/features/0/channels").asInt());
    assertEquals(List.of("conv2", "logits"), figures.get("filters").findValuesAsText("layer"));
  }

  /** A smaller one leaves nothing of the larger one, but what is somebody else's. */
  @Test
  void anotherExplanationIsReplaced() throws IOException {
    Path out = folder.resolve("replaced");
    explained("replaced", "--set", rig.data().toString());
    Files.writeString(out.resolve("notes.txt"), "mine");
    explained("replaced", "--filters", "0");
    List<String> files = new ArrayList<>(Commands.contents(out).keySet());
    assertTrue(files.remove("notes.txt"));
    List<String> listed = new ArrayList<>();
    rig.figures("replaced").get("files").forEach(file -> listed.add(file.asText()));
    assertEquals(listed.stream().sorted().toList(), files);
  }

  @Test
  void figuresAsJson() throws IOException {
    JsonNode figures = explained("json", "--json");
    JsonNode printed =
        Json.readFile(commands.out().getBytes(StandardCharsets.UTF_8), JsonNode.class, "stdout");
    assertEquals(figures.get("images"), printed.get("images"));
    assertTrue(printed.at("/seconds/images").asDouble() > 0);
    assertTrue(printed.get("out").asText().endsWith("/json"));
    assertFalse(figures.has("seconds"), "a clock has no part in what is written");
  }

  @Test
  void noMoreThanAskedForAndEvenly() throws IOException {
    Path test = rig.data().resolve("test");
    Path out = folder.resolve("count");
    String[] words = {
      "explain",
      rig.run().toString(),
      test.toString(),
      "--out",
      out.toString(),
      "--count",
      "4",
      "--filters",
      "0"
    };
    assertEquals(0, commands.run(words), commands::err);
    assertTrue(
        commands.err().contains("convoy: 4 of 14 images are explained; --count takes more"),
        commands::err);
    List<String> places = rig.figures("count").get("images").findValuesAsText("place");
    assertEquals(
        Stream.of("crow/0.png", "crow/3.png", "dove/0.png", "dove/3.png")
            .map(name -> "file:" + test + "/" + name)
            .toList(),
        places);
  }
}
