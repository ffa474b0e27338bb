package io.convoy.pages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.cluster.LauncherProcess;
import io.convoy.fault.Evidence;
import io.convoy.fault.FaultDetectors;
import io.convoy.fault.FaultFinding;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The report of a run, in a browser: it shows what the run's files say, and asks nobody. */
@Tag("slow")
final class ReportInBrowserTest {
  @TempDir static Path folder;
  private static Path run;
  private static Browser browser;

  @BeforeAll
  static void train() throws Exception {
    browser = new Browser(1280, 900, false); // first: it skips the tests where there is none
    run = folder.resolve("run of a test");
    convoy("train", "--data", folder + "/images", "--out", run.toString(), "--set", "epochs=1");
    convoy("evaluate", run.toString());
    convoy("report", run.toString());
    browser.open(page().toUri().toString());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void convoy(String... arguments) throws Exception {
    try (LauncherProcess process = LauncherProcess.of(List.of(arguments))) {
      assertFalse(process.succeeds().isEmpty());
    }
  }

  private static Path page() {
    return run.resolve("report.html");
  }

  private static JsonNode file(String name) throws Exception {
    return Json.readFile(Files.readAllBytes(run.resolve(name)), JsonNode.class, name);
  }

  @Test
  void nothingIsLoadedAndNothingIsLogged() throws Exception {
    assertTrue(Files.size(page()) < 2 << 20, "at most 2 MB");
    browser.console();
    browser.requests();
    browser.open(page().toUri().toString());
    assertEquals(List.of(), browser.console());
    assertEquals(List.of(page().toUri().toString()), browser.requests());
  }

  /** The cursor reads each curve's values, step by step, as metrics.jsonl has them. */
  @Test
  void curvesAreThoseOfTheMetrics() throws Exception {
    List<Double> losses = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode step = Json.readFile(line.getBytes(StandardCharsets.UTF_8), JsonNode.class, "");
      if (step.has("loss")) {
        losses.add(step.get("loss").asDouble());
      }
    }
    browser.run(
        "const f = document.querySelector('figure.chart');"
            + "const s = f.querySelector('input[type=range]'); s.value = 0;"
            + "s.dispatchEvent(new Event('input'));");
    JsonNode shown = browser.json("document.querySelector('figure.chart').plot.data");
    assertEquals(losses.size(), shown.get(0).size());
    for (int i = 0; i < losses.size(); i++) {
      assertEquals(i + 1, shown.get(0).get(i).asInt());
      assertEquals(losses.get(i), shown.get(1).get(i).asDouble());
    }
    browser.run("document.querySelector('figure.chart [role=img]').focus()");
    browser.type(Keys.HOME);
    String first = browser.run("return document.querySelector('.legend').textContent");
    assertTrue(first.contains("step 1"), first);
    assertTrue(first.contains(String.valueOf(fourDigits(losses.get(0)))), first);
    browser.type(Keys.ARROW_RIGHT);
    String second = browser.run("return document.querySelector('.legend').textContent");
    assertTrue(second.contains("step 2"), second);
    assertTrue(second.contains(String.valueOf(fourDigits(losses.get(1)))), second);
  }

  private static double fourDigits(double value) {
    return new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_UP)).doubleValue();
  }

  @Test
  void aCurveIsDrawn() {
    long inked =
        browser.run(
            "const c = document.querySelector('figure.chart canvas');"
                + "const p = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                + "let n = 0; for (let i = 3; i < p.length; i += 4) if (p[i] > 128) n++; return n;");
    assertTrue(inked > 1000, () -> "pixels with ink: " + inked);
  }

  /** By the recipe, the metrics and the result. */
  @Test
  void findingsAreThoseOfTheRun() throws Exception {
    Evidence evidence =
        new Evidence(Json.value(file("run.json").get("recipe"), Recipe.class, "recipe"));
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      evidence.add(Json.readFile(line.getBytes(StandardCharsets.UTF_8), JsonNode.class, ""));
    }
    evidence.addResult(file("result.json"));
    List<String> shown = new ArrayList<>();
    browser
        .json("[...document.querySelectorAll('#findings h3')].map(h => h.textContent)")
        .forEach(fault -> shown.add(fault.asText()));
    assertEquals(FaultDetectors.look(evidence).stream().map(FaultFinding::fault).toList(), shown);
    String text = browser.run("return document.querySelector('#findings').textContent");
    assertEquals(shown.isEmpty(), text.contains("No fault was found."), text);
    assertTrue(text.contains("leaked images"), text);
  }

  @Test
  void confusionIsThatOfTheEvaluation() throws Exception {
    JsonNode figures = file("evaluation.json").get("figures");
    int classes = figures.get("classes").size();
    long[][] wanted = new long[classes][classes];
    figures
        .get("confusion")
        .forEach(c -> wanted[c.get(0).asInt()][c.get(1).asInt()] = c.get(2).asLong());
    JsonNode rows =
        browser.json(
            "[...document.querySelectorAll('table.confusion tbody tr')].map(r =>"
                + " [...r.querySelectorAll('td')].map(c => Number(c.textContent.replace(',', ''))))");
    assertEquals(Json.text(wanted), rows.toString());
    String accuracy = browser.run("return document.querySelector('.tiles').textContent");
    double share = file("result.json").get("testAccuracy").asDouble();
    assertTrue(accuracy.contains(String.format(Locale.ROOT, "%.2f %%", 100 * share)), accuracy);
  }

  /** Each layer of the network, and what it takes of a step's time, below what the machine can. */
  @Test
  void layersAndTheirTimes() throws Exception {
    String drawn = browser.run("return document.querySelector('#network svg.graph').textContent");
    JsonNode recipe = file("run.json").at("/recipe/network/layers");
    assertTrue(recipe.size() > 5, recipe.toString());
    recipe.forEach(layer -> assertTrue(drawn.contains(layer.get("name").asText()), drawn));
    int points = 0;
    double seconds = 0;
    for (JsonNode layer : file("layers.json").at("/step/layers")) {
      for (String way : List.of("forward", "backward")) {
        points += layer.at("/%s/operations".formatted(way)).asLong() > 0 ? 1 : 0;
        seconds += layer.at("/%s/seconds".formatted(way)).asDouble();
      }
    }
    assertEquals(
        (long) points,
        (Long) browser.run("return document.querySelectorAll('svg.roofline title').length"));
    String words = browser.run("return document.querySelector('#network').textContent");
    double milliseconds = fourDigits(1e3 * seconds);
    assertTrue(words.contains(": " + trimmed(milliseconds) + " ms"), words + milliseconds);
  }

  private static String trimmed(double value) {
    return new BigDecimal(value, new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  @Test
  void trainingImagesAreShownAsTheEpochsSeeThem() throws Exception {
    JsonNode images = file("pictures.json").at("/training/images");
    assertEquals(12, images.size());
    assertEquals(
        12L * 4, (Long) browser.run("return document.querySelectorAll('#images img').length"));
    String words = browser.run("return document.querySelector('#images').textContent");
    images.forEach(image -> assertTrue(words.contains(image.get("place").asText()), words));
  }

  /** The command makes the very pictures that the training has made. */
  @Test
  void whatIsMissingIsMadeAnew() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("copied"));
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(run.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    byte[] made = Files.readAllBytes(copy.resolve("pictures.json"));
    Files.delete(copy.resolve("pictures.json"));
    Files.delete(copy.resolve("layers.json"));
    convoy("report", copy.toString(), "--no-pictures");
    assertFalse(Files.exists(copy.resolve("pictures.json")));
    convoy("report", copy.toString(), "--data", folder + "/images");
    assertArrayEquals(made, Files.readAllBytes(copy.resolve("pictures.json")));
    assertTrue(Files.exists(copy.resolve("layers.json")));
    assertTrue(Files.readString(copy.resolve("report.html")).contains("\"layerTimes\":{"));
  }

  /** What the last task of the training has made: mistakes, maps, filters. */
  @Test
  void picturesAreThere() throws Exception {
    JsonNode pictures = file("pictures.json");
    int mistakes = file("evaluation.json").at("/figures/mistakes").size();
    assertEquals(mistakes, pictures.get("mistakes").size());
    assertEquals(8, pictures.at("/maps/images").size());
    browser.run("document.querySelectorAll('img').forEach(i => i.loading = 'eager')");
    JsonNode sizes = browser.json("[...document.querySelectorAll('img')].map(i => i.naturalWidth)");
    assertTrue(sizes.size() > mistakes + 4 * 8, () -> "pictures: " + sizes.size());
    sizes.forEach(size -> assertTrue(size.asInt() > 0, "a picture that is none"));
  }

  @Test
  void tablesSortByKeyboard() {
    browser.run(
        "document.querySelectorAll('#network details').forEach(all => all.open = true);"
            + "document.querySelectorAll('#network th button')[4].focus()");
    browser.type(Keys.ENTER);
    browser.type(Keys.ENTER);
    JsonNode parameters =
        browser.json(
            "[...document.querySelector('#network table').tBodies[0].rows].map(r =>"
                + " Number(r.querySelectorAll('td')[3].textContent.replaceAll(',', '')))");
    assertTrue(parameters.size() > 3);
    for (int i = 1; i < parameters.size(); i++) {
      assertTrue(parameters.get(i - 1).asLong() >= parameters.get(i).asLong(), "descending");
    }
    String sorted =
        browser.run("return document.querySelectorAll('#network th')[4].getAttribute('aria-sort')");
    assertEquals("descending", sorted);
  }

  @Test
  void nobodyIsLeftOut() {
    assertEquals(List.of(), browser.violations());
    browser.run("document.querySelector('h1').style.color = '#eeeeee'");
    assertEquals(1, browser.violations().size(), "faint words are found");
    browser.run("document.querySelector('h1').style.color = ''");
    try (Browser phone = new Browser(390, 844, true)) {
      phone.open(page().toUri().toString());
      assertEquals(List.of(), phone.violations());
    }
  }

  /** Names that would be HTML, end a string, or turn the direction of text. */
  @Test
  void hostileNamesAreText() throws Exception {
    String hostile =
        "<script>window.hurt=1</script>\"'><img src=x onerror=window.hurt=2>\u202etxet";
    Path copy = folder.resolve("hostile");
    Files.createDirectories(copy);
    for (String name : List.of("run.json", "metrics.jsonl", "result.json", "evaluation.json")) {
      String text = Files.readString(run.resolve(name));
      String first = file("evaluation.json").at("/figures/classes/0/name").asText();
      String quoted = Json.text(hostile);
      Files.writeString(
          copy.resolve(name),
          text.replace("\"quickstart\"", quoted).replace("\"" + first + "\"", quoted));
    }
    convoy("report", copy.toString());
    try (Browser other = new Browser(390, 844, true)) {
      other.open(copy.resolve("report.html").toUri().toString());
      assertEquals(hostile, other.run("return document.querySelector('h1').textContent"));
      assertEquals(
          hostile,
          other.run("return document.querySelector('table.confusion tbody th').textContent"));
      assertEquals(Boolean.TRUE, other.run("return window.hurt === undefined"));
      assertEquals(0L, other.<Long>run("return document.querySelectorAll('img[onerror]').length"));
      assertEquals(List.of(), other.console());
      long wide = other.run("return document.documentElement.scrollWidth");
      assertTrue(wide <= 390, () -> "the page is " + wide + " pixels wide on a phone");
    }
  }
}
