package io.convoy.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.cluster.LauncherProcess;
import io.convoy.json.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of an explanation, in a browser: it shows what {@code explain.json} says. */
@Tag("slow")
final class ExplainInBrowserTest {
  /** Would be HTML, ends a string, and turns the direction of text. */
  private static final String HOSTILE =
      "<script>window.hurt=1<\\script>\"'><img src=x onerror=window.hurt=2>\u202etxet";

  private static final String RECIPE =
      """
      name: small ones
      data: {format: table, size: 16}
      network:
        input: [16, 16, 3]
        layers:
          - {name: conv1, type: conv2d, outChannels: 6, kernel: 3, padding: same}
          - {name: relu1, type: relu}
          - {name: pool1, type: maxPool2d, kernel: 2}
          - {name: conv2, type: conv2d, outChannels: 12, kernel: 3}
          - {name: relu2, type: relu}
          - {name: mean, type: globalAvgPool}
          - {name: logits, type: linear, outFeatures: 2}
      batchSize: 4
      shards: 2
      epochs: 3
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: constant, rate: 0.01}
      """;

  @TempDir static Path folder;
  private static Path out;
  private static Browser browser;

  @BeforeAll
  static void explain() throws Exception {
    browser = new Browser(1280, 900, false); // first: it skips the tests where there is none
    Path data = Files.createDirectories(folder.resolve("data"));
    StringBuilder table = new StringBuilder("path,label,split\n");
    for (int i = 0; i < 24; i++) {
      draw(data.resolve(i + ".png"), i);
      String label = i % 2 == 0 ? "plain" : HOSTILE;
      String split = i < 16 ? "train" : "test";
      table.append("%s.png,\"%s\",%s\n".formatted(i, label.replace("\"", "\"\""), split));
    }
    Files.writeString(data.resolve("images.csv"), table);
    Path recipe = Files.writeString(folder.resolve("small.yaml"), RECIPE);
    String run = folder.resolve("run").toString();
    convoy("train", recipe.toString(), "--data", data.toString(), "--out", run);
    Path photos = Files.createDirectories(folder.resolve("photos"));
    draw(photos.resolve("a.png"), 40);
    draw(photos.resolve(HOSTILE.replace('\\', '-') + ".png"), 41);
    out = folder.resolve("out");
    convoy(
        "explain",
        run,
        photos.toString(),
        "--out",
        out.toString(),
        "--set",
        data.toString(),
        "--ascent-steps",
        "10");
    browser.open(page());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void draw(Path file, int i) throws IOException {
    BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 24; x++) {
        int wave = i % 2 == 0 ? (x + i) % 6 * 40 : (y + i) % 6 * 40;
        image.setRGB(x, y, wave << 16 | (200 - wave) << 8 | (60 + i % 9));
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static void convoy(String... arguments) throws Exception {
    try (LauncherProcess process = LauncherProcess.of(List.of(arguments))) {
      assertFalse(process.succeeds().isEmpty());
    }
  }

  private static String page() {
    return out.resolve("index.html").toUri().toString();
  }

  private static JsonNode figures() throws IOException {
    byte[] bytes = Files.readAllBytes(out.resolve("explain.json"));
    return Json.readFile(bytes, JsonNode.class, "explain.json");
  }

  @Test
  void nothingIsLoadedAndNothingIsLogged() throws Exception {
    assertTrue(Files.size(out.resolve("index.html")) < 2 << 20, "at most 2 MB");
    browser.console();
    browser.requests();
    browser.open(page());
    assertEquals(List.of(), browser.console());
    assertEquals(List.of(page()), browser.requests());
  }

  @Test
  void guessesAreThoseOfTheFigures() throws Exception {
    JsonNode rows =
        browser.json(
            "[...document.querySelectorAll('#images article')].map(a =>"
                + " [...a.querySelectorAll('tbody tr')].map(r => [...r.children].map(c => c.textContent)))");
    JsonNode images = figures().get("images");
    assertEquals(2, rows.size());
    for (int i = 0; i < 2; i++) {
      JsonNode guesses = images.get(i).get("guesses");
      assertEquals(2, guesses.size());
      for (int k = 0; k < 2; k++) {
        JsonNode guess = guesses.get(k);
        assertEquals(guess.get("label").asText(), rows.get(i).get(k).get(0).asText());
        double share = 100 * guess.get("probability").asDouble();
        assertEquals(
            String.format(Locale.ROOT, "%.1f %%", share), rows.get(i).get(k).get(1).asText());
      }
    }
  }

  /** Each picture is there, and no map is of one colour. */
  @Test
  void picturesAreNotBlank() {
    browser.run(
        "document.querySelectorAll('details').forEach(d => d.open = true);"
            + "document.querySelectorAll('img').forEach(i => { i.loading = 'eager'; });");
    JsonNode colours =
        browser.json(
            "[...document.querySelectorAll('img')].map(i => {"
                + " const c = document.createElement('canvas');"
                + " c.width = i.naturalWidth; c.height = i.naturalHeight;"
                + " if (c.width === 0) return 0;"
                + " const g = c.getContext('2d'); g.drawImage(i, 0, 0);"
                + " return new Set(new Uint32Array(g.getImageData(0, 0, c.width, c.height).data.buffer)).size; })");
    // of each image four maps, two layers and six neighbours; filters; four and their nine images
    assertEquals(2 * (4 + 2 + 6) + 1 + 4 + 4 * 8, colours.size());
    List<Integer> blank = new ArrayList<>();
    for (int i = 0; i < colours.size(); i++) {
      if (colours.get(i).asInt() < 2) {
        blank.add(i);
      }
    }
    assertEquals(List.of(), blank);
    long alone = browser.run("return [...document.images].filter(i => !i.alt).length");
    assertEquals(0, alone, "pictures without words");
  }

  @Test
  void theSetIsDrawnAndCanBeRead() throws Exception {
    long marks = browser.run("return document.querySelectorAll('.scatter path').length");
    assertEquals(8, marks);
    browser.run("document.querySelector('#set').scrollIntoView()");
    BufferedImage screen = ImageIO.read(new ByteArrayInputStream(browser.picture()));
    long inked = 0;
    for (int y = 0; y < screen.getHeight(); y++) {
      for (int x = 0; x < screen.getWidth(); x++) {
        int rgb = screen.getRGB(x, y) & 0xFFFFFF;
        inked += rgb == 0x0b62c4 || rgb == 0xb8410b ? 1 : 0; // the first two colours of classes
      }
    }
    assertTrue(inked > 100, "pixels of marks: " + inked);
    List<String> lines = Files.readAllLines(out.resolve("embedding.csv"));
    JsonNode rows =
        browser.json(
            "[...document.querySelectorAll('#set tbody tr')].map(r => [...r.children].map(c => c.textContent))");
    assertEquals(lines.size() - 1, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = lines.get(i + 1).split(",");
      double x = Double.parseDouble(cells[cells.length - 2]);
      assertEquals(x, rows.get(i).get(3).asDouble(), Math.abs(x) / 500);
    }
    browser.run("document.querySelector('#set select').focus()");
    browser.type(Keys.ARROW_DOWN);
    long aside = browser.run("return document.querySelectorAll('.scatter path.aside').length");
    assertEquals(4, aside, "one class of two is shown");
    browser.type(Keys.ARROW_UP);
  }

  @Test
  void nobodyIsLeftOut() {
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertEquals(List.of(), browser.violations());
    try (Browser phone = new Browser(390, 844, true)) {
      phone.open(page());
      phone.run("document.querySelectorAll('details').forEach(d => d.open = true)");
      assertEquals(List.of(), phone.violations());
      long wide = phone.run("return document.documentElement.scrollWidth");
      assertTrue(wide <= 390, () -> "the page is " + wide + " pixels wide on a phone");
    }
  }

  @Test
  void hostileNamesAreText() {
    assertEquals(Boolean.TRUE, browser.run("return window.hurt === undefined"));
    assertEquals(0L, browser.<Long>run("return document.querySelectorAll('img[onerror]').length"));
    JsonNode heads =
        browser.json(
            "[...document.querySelectorAll('#images article h3')].map(h => h.textContent)");
    assertEquals("1. " + HOSTILE.replace('\\', '-') + ".png", heads.get(0).asText());
    assertEquals("2. a.png", heads.get(1).asText());
    JsonNode classes =
        browser.json("[...document.querySelectorAll('.marks li bdi')].map(c => c.textContent)");
    assertEquals(
        List.of(HOSTILE, "plain"), List.of(classes.get(0).asText(), classes.get(1).asText()));
  }
}
