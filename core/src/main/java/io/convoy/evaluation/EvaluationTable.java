package io.convoy.evaluation;

import io.convoy.text.DisplayText;
import io.convoy.text.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A report as text for people, in 100 columns; only paths may go beyond them, since a path that is
 * cut is of no use. Shares are in percent; a dash stands where a figure is undefined.
 */
public final class EvaluationTable {
  /** With more classes, only the worst ones are shown. */
  static final int MOST_CLASSES = 100;

  /** How many those are. */
  static final int WORST_CLASSES = 50;

  /** Mistakes that are shown; the file has more. */
  private static final int MISTAKES = 20;

  private static final int NAME_WIDTH = 30;
  private static final int RANKED_NAME_WIDTH = 18;
  private static final int MISTAKE_NAME_WIDTH = 24;
  private static final String UNDEFINED = "-";

  private final EvaluationReport report;
  private final List<String> lines = new ArrayList<>();

  private EvaluationTable(EvaluationReport report) {
    this.report = report;
  }

  /** The lines, without ends. */
  public static List<String> lines(EvaluationReport report) {
    EvaluationTable table = new EvaluationTable(report);
    table.figures();
    table.classes();
    table.section(ConfusionTable.lines(report));
    table.calibration();
    table.mistakes();
    return List.copyOf(table.lines);
  }

  private void section(List<String> more) {
    if (!more.isEmpty()) {
      lines.add("");
      lines.addAll(more);
    }
  }

  private void section(String title, TextTable table) {
    lines.add("");
    lines.add(title);
    lines.add("");
    lines.addAll(table.lines());
  }

  private void figures() {
    TextTable table =
        new TextTable("<", ">value", ">" + percent(report.confidenceLevel(), 0) + " interval");
    table.row("images", count(report.samples()), "");
    table.row("accuracy", percent(report.accuracy()), interval(report.accuracy()));
    if (report.topFive() != null) {
      table.row("top-5 accuracy", percent(report.topFive()), interval(report.topFive()));
    }
    if (report.loss() != null) {
      table.row("loss", number("%.4f", report.loss().value()), lossInterval(report.loss()));
    }
    if (report.meanAveragePrecision() != null) {
      table.row("mean average precision", percent(report.meanAveragePrecision(), 2), "");
    }
    if (report.calibration() != null) {
      table.row("calibration error", percent(report.calibration().expectedError(), 2), "");
    }
    lines.addAll(table.lines());
    if (report.nonFinite() > 0) {
      lines.add("");
      lines.add(
          "images whose loss is no finite number: %s. They count as mistakes without a prediction;"
              .formatted(count(report.nonFinite())));
      lines.add("there is no mean loss, and they have no part in confusions and calibration");
    }
  }

  private void classes() {
    List<ClassFigures> shown = report.classes();
    String title = "Classes";
    if (shown.size() > MOST_CLASSES) {
      title = "The " + WORST_CLASSES + " of " + count(shown.size()) + " classes with the lowest F1";
      Comparator<Double> undefinedLast = Comparator.nullsLast(Comparator.naturalOrder());
      shown =
          shown.stream()
              .sorted(Comparator.comparing(ClassFigures::f1, undefinedLast))
              .limit(WORST_CLASSES)
              .toList();
    }
    boolean ranked = report.micro() != null;
    List<String> columns =
        new ArrayList<>(
            List.of(
                "<class",
                ">precision",
                ">recall",
                ">its interval",
                ">F1",
                ">images",
                ">predicted"));
    if (ranked) {
      columns.add(">avg. prec.");
    }
    TextTable table = new TextTable(columns.toArray(String[]::new));
    for (ClassFigures figures : shown) {
      List<Object> cells =
          new ArrayList<>(
              List.of(
                  DisplayText.shortened(figures.name(), ranked ? RANKED_NAME_WIDTH : NAME_WIDTH),
                  percent(figures.precision(), 2),
                  percent(figures.recall()),
                  interval(figures.recall()),
                  percent(figures.f1(), 2),
                  count(figures.support()),
                  count(figures.predicted())));
      if (ranked) {
        cells.add(percent(figures.averagePrecision(), 2));
      }
      table.row(cells.toArray());
    }
    table.rule();
    averages(table, "micro average", report.micro(), ranked);
    averages(table, "macro average", report.macro(), ranked);
    averages(table, "weighted average", report.weighted(), ranked);
    section(title, table);
  }

  private static void averages(TextTable table, String name, Averages averages, boolean ranked) {
    if (averages == null) {
      return;
    }
    List<Object> cells =
        new ArrayList<>(
            List.of(
                name,
                percent(averages.precision(), 2),
                percent(averages.recall(), 2),
                "",
                percent(averages.f1(), 2),
                "",
                ""));
    if (ranked) {
      cells.add("");
    }
    table.row(cells.toArray());
  }

  private void calibration() {
    if (report.calibration() == null) {
      return;
    }
    TextTable table =
        new TextTable(
            ">probability", ">images", ">mean probability", ">accuracy", ">too confident by");
    for (Calibration.Bin bin : report.calibration().bins()) {
      if (bin.images() > 0) {
        table.row(
            String.format(Locale.ROOT, "%.3f to %.3f", bin.above(), bin.upTo()),
            count(bin.images()),
            percent(bin.confidence(), 2),
            percent(bin.accuracy(), 2),
            percent(bin.confidence() - bin.accuracy(), 2));
      }
    }
    section("Calibration: images by the probability of the predicted class", table);
  }

  private void mistakes() {
    if (report.mistakes().isEmpty()) {
      return;
    }
    TextTable table = new TextTable(">probability", "<predicted", "<true class", ">image", "<path");
    int shown = Math.min(MISTAKES, report.mistakes().size());
    for (Mistake mistake : report.mistakes().subList(0, shown)) {
      table.row(
          percent(mistake.probability(), 3),
          DisplayText.shortened(mistake.predicted(), MISTAKE_NAME_WIDTH),
          DisplayText.shortened(mistake.label(), MISTAKE_NAME_WIDTH),
          mistake.sample(),
          mistake.path() == null ? UNDEFINED : DisplayText.printable(mistake.path()));
    }
    section("The most confident mistakes", table);
  }

  /** Of all numbers of images. */
  static String count(long images) {
    return String.format(Locale.ROOT, "%,d", images);
  }

  private static String percent(Estimate share) {
    return share == null ? UNDEFINED : percent(share.value(), 2);
  }

  /** A share with so many digits after the point. */
  static String percent(Double share, int digits) {
    return share == null ? UNDEFINED : number("%." + digits + "f", 100 * share) + " %";
  }

  private static String interval(Estimate share) {
    if (share == null || share.lower() == null) {
      return "";
    }
    return String.format(Locale.ROOT, "%.2f to %.2f %%", 100 * share.lower(), 100 * share.upper());
  }

  private static String lossInterval(Estimate loss) {
    return loss.lower() == null
        ? ""
        : String.format(Locale.ROOT, "%.4f to %.4f", loss.lower(), loss.upper());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
