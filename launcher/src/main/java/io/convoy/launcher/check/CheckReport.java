package io.convoy.launcher.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.check.CheckFinding;
import io.convoy.check.CheckFinding.Verdict;
import io.convoy.fault.UpdateSizes;
import io.convoy.json.Json;
import io.convoy.text.TextTable;
import io.convoy.text.WrappedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What checks have found, line by line, in 80 columns. */
public final class CheckReport {
  private static final int WIDTH = 80;
  private static final int INDENT = 22;

  /** Layers that a table lists. */
  private static final int ROWS = 40;

  private final Consumer<String> out;
  private double seconds;

  public CheckReport(Consumer<String> out) {
    this.out = out;
  }

  /** Prints a check's lines. */
  void add(CheckFinding finding, double taken) {
    seconds += taken;
    boolean good = finding.verdict() == Verdict.GOOD;
    List<String> lines = new ArrayList<>(WrappedText.lines(finding.found(), "", WIDTH - INDENT));
    if (!finding.shortened().isEmpty()) {
      lines.addAll(WrappedText.lines(finding.shortened(), "only ", WIDTH - INDENT));
    }
    lines.addAll(WrappedText.lines(finding.advice(), good ? "" : "-> ", WIDTH - INDENT));
    String head = "%-5s %-15s ".formatted(good ? "good" : "look", finding.check());
    for (String line : lines) {
      out.accept(head + line);
      head = " ".repeat(INDENT);
    }
  }

  /** Prints the tables of layers, and how it comes out. */
  public void end(List<CheckFinding> findings) {
    layers(findings);
    out.accept("");
    int looks = looks(findings);
    out.accept(
        String.format(
            Locale.ROOT,
            "%s good, %s to look at, in %.0f seconds",
            findings.size() - looks,
            looks,
            seconds));
  }

  private void layers(List<CheckFinding> findings) {
    JsonNode ratios = figures(findings, "update ratios").path("layers");
    JsonNode dead = figures(findings, "dead rectifiers");
    TextTable weights = new TextTable("<weights", ">update/weight", "<");
    ratios
        .properties()
        .forEach(
            layer -> {
              double ratio = layer.getValue().asDouble();
              weights.row(
                  layer.getKey(),
                  String.format(Locale.ROOT, "%.1e", ratio),
                  UpdateSizes.isOdd(ratio) ? "<- look" : "");
            });
    print(weights, ratios.size());
    TextTable rectifiers = new TextTable("<rectifier", ">dead at first", ">after overfitting");
    dead.path("atStart")
        .properties()
        .forEach(
            layer ->
                rectifiers.row(
                    layer.getKey(),
                    percent(layer.getValue()),
                    percent(dead.path("afterOverfit").path(layer.getKey()))));
    print(rectifiers, dead.path("atStart").size());
  }

  private void print(TextTable table, int rows) {
    if (rows == 0) {
      return;
    }
    out.accept("");
    table.lines().stream().limit(2 + ROWS).forEach(out);
    if (rows > ROWS) {
      out.accept("and %s more; --json has all".formatted(rows - ROWS));
    }
  }

  private static String percent(JsonNode share) {
    return share.isMissingNode()
        ? "-"
        : String.format(Locale.ROOT, "%.0f %%", 100 * share.asDouble());
  }

  private static JsonNode figures(List<CheckFinding> findings, String check) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .map(CheckFinding::figures)
        .orElseThrow();
  }

  public static int looks(List<CheckFinding> findings) {
    return (int) findings.stream().filter(f -> f.verdict() == Verdict.LOOK).count();
  }

  public static ObjectNode json(List<CheckFinding> findings) {
    ObjectNode object = Json.object();
    object.put("good", looks(findings) == 0);
    ArrayNode rows = object.putArray("checks");
    for (CheckFinding finding : findings) {
      rows.addObject()
          .put("check", finding.check())
          .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
          .put("found", finding.found())
          .put("advice", finding.advice())
          .put("shortened", finding.shortened())
          .set("figures", finding.figures());
    }
    return object;
  }
}
