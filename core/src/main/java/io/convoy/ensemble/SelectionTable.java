package io.convoy.ensemble;

import io.convoy.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Contenders as text for people. Shares are in percent; accuracy among the likeliest five stands
 * where there are more classes. ECE is the expected calibration error, T the temperature.
 */
public final class SelectionTable {
  private SelectionTable() {}

  /** The lines, without ends. */
  public static List<String> lines(List<Contender> contenders) {
    boolean topFive = contenders.stream().allMatch(one -> one.figures().topFive() != null);
    List<String> heads = new ArrayList<>(List.of("<name", ">passes", ">accuracy", ">95 %"));
    if (topFive) {
      heads.add(">top-5");
    }
    heads.addAll(List.of(">loss", ">95 %", ">ECE", ">T"));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    for (Contender contender : contenders) {
      table.row(cells(contender, topFive).toArray());
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (!contenders.stream().allMatch(Contender::takeable)) {
      lines.add("* is there to compare with; it cannot be taken");
    }
    return lines;
  }

  private static List<Object> cells(Contender contender, boolean topFive) {
    MemberFigures figures = contender.figures();
    List<Object> cells = new ArrayList<>();
    cells.add(contender.key() + (contender.takeable() ? "" : " *"));
    cells.add(figures.passes());
    cells.add(percent(figures.accuracy()));
    cells.add(
        text("%.2f to %.2f", 100 * figures.accuracy().low(), 100 * figures.accuracy().high()));
    if (topFive) {
      cells.add(percent(figures.topFive()));
    }
    cells.add(text("%.4f", figures.loss().mean()));
    cells.add(text("%.4f to %.4f", figures.loss().low(), figures.loss().high()));
    cells.add(text("%.2f %%", 100 * figures.calibrationError()));
    cells.add(text("%.3f", contender.average().temperature()));
    return cells;
  }

  private static String percent(Share share) {
    return text("%.2f %%", 100 * share.value());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
