package io.convoy.ensemble;

import io.convoy.text.TextTable;
import java.util.List;
import java.util.Locale;

/** Contenders as text for people. Shares are in percent; a dash stands where there is no figure. */
public final class SelectionTable {
  private SelectionTable() {}

  /** The lines, without ends. */
  public static List<String> lines(List<Contender> contenders) {
    boolean topFive = contenders.stream().anyMatch(one -> one.figures().topFive() != null);
    TextTable table =
        topFive
            ? new TextTable(
                "<name",
                ">passes",
                ">accuracy",
                ">95 % interval",
                ">top-5",
                ">loss",
                ">95 % interval",
                ">calibration error",
                ">temperature")
            : new TextTable(
                "<name",
                ">passes",
                ">accuracy",
                ">95 % interval",
                ">loss",
                ">95 % interval",
                ">calibration error",
                ">temperature");
    for (Contender contender : contenders) {
      MemberFigures figures = contender.figures();
      String name = contender.key() + (contender.takeable() ? "" : " *");
      String loss = text("%.4f", figures.loss().mean());
      String lossInterval = text("%.4f to %.4f", figures.loss().low(), figures.loss().high());
      String error = text("%.2f %%", 100 * figures.calibrationError());
      String temperature = text("%.3f", contender.average().temperature());
      if (topFive) {
        table.row(
            name,
            figures.passes(),
            percent(figures.accuracy()),
            interval(figures.accuracy()),
            figures.topFive() == null ? "-" : percent(figures.topFive()),
            loss,
            lossInterval,
            error,
            temperature);
      } else {
        table.row(
            name,
            figures.passes(),
            percent(figures.accuracy()),
            interval(figures.accuracy()),
            loss,
            lossInterval,
            error,
            temperature);
      }
    }
    return table.lines();
  }

  private static String percent(Share share) {
    return text("%.2f %%", 100 * share.value());
  }

  private static String interval(Share share) {
    return text("%.2f to %.2f", 100 * share.low(), 100 * share.high());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
