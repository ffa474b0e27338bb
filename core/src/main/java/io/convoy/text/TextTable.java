package io.convoy.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text, each as wide as its widest cell. */
public final class TextTable {
  /** Lines across are no longer. */
  private static final int LONGEST_RULE = 100;

  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * @param heads the columns' heads, each after {@code <} for text to the left or {@code >} for
   *     numbers to the right
   */
  public TextTable(String... heads) {
    right = new boolean[heads.length];
    String[] names = new String[heads.length];
    for (int i = 0; i < heads.length; i++) {
      right[i] = heads[i].charAt(0) == '>';
      names[i] = heads[i].substring(1);
    }
    rows.add(names);
    rule();
  }

  /** A row, with a cell for each column. */
  public void row(Object... cells) {
    rows.add(Arrays.stream(cells).map(String::valueOf).toArray(String[]::new));
  }

  /** A line across. */
  public void rule() {
    rows.add(null);
  }

  /** The lines, without blanks at their ends. */
  public List<String> lines() {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; row != null && i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayText.width(row[i]));
      }
    }
    int all = Arrays.stream(widths).sum() + 2 * (widths.length - 1);
    String rule = "-".repeat(Math.min(all, LONGEST_RULE));
    return rows.stream().map(row -> row == null ? rule : line(row, widths)).toList();
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      String blank = " ".repeat(widths[i] - DisplayText.width(row[i]));
      line.append(i == 0 ? "" : "  ").append(right[i] ? blank + row[i] : row[i] + blank);
    }
    return line.toString().stripTrailing();
  }
}
