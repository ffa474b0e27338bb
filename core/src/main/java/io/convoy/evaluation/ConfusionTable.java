package io.convoy.evaluation;

import io.convoy.text.DisplayText;
import io.convoy.text.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was taken for what, as text: the confusion matrix where there are at most {@value
 * #MATRIX_CLASSES} classes and it fits into {@value #COLUMNS} columns, else the most frequent
 * confusions.
 */
final class ConfusionTable {
  static final int MATRIX_CLASSES = 20;
  static final int FREQUENT = 20;
  private static final int COLUMNS = 100;

  private static final int NAME_WIDTH = 30;

  /** Names in the matrix, which give way to its numbers. */
  private static final int[] MATRIX_NAME_WIDTHS = {20, 12, 8};

  private static final int MATRIX_CELL_WIDTH = 3;

  private ConfusionTable() {}

  /** Empty where there is nothing to say. */
  static List<String> lines(EvaluationReport report) {
    if (report.confusion().isEmpty()) {
      return List.of();
    }
    if (report.classes().size() <= MATRIX_CLASSES) {
      for (int width : MATRIX_NAME_WIDTHS) {
        List<String> table = matrix(report, width);
        if (table.stream().allMatch(line -> DisplayText.width(line) <= COLUMNS)) {
          return titled("Confusion matrix: rows are true classes, columns are predictions", table);
        }
      }
    }
    return frequent(report);
  }

  private static List<String> titled(String title, List<String> table) {
    List<String> lines = new ArrayList<>(List.of(title, ""));
    lines.addAll(table);
    return lines;
  }

  /** Its columns stand close, so that twenty fit. */
  private static List<String> matrix(EvaluationReport report, int nameWidth) {
    int classes = report.classes().size();
    String[][] cells = new String[classes + 1][classes]; // the last row is the head
    for (String[] row : cells) {
      Arrays.fill(row, ".");
    }
    for (ConfusionCell cell : report.confusion()) {
      cells[cell.label()][cell.predicted()] = Long.toString(cell.images());
    }
    Arrays.setAll(cells[classes], Integer::toString);
    int digits =
        Arrays.stream(cells).flatMap(Arrays::stream).mapToInt(String::length).max().orElse(0);
    int width = Math.max(MATRIX_CELL_WIDTH, digits);
    TextTable table = new TextTable(">", "<", ">" + line(cells[classes], width));
    for (int label = 0; label < classes; label++) {
      String name = DisplayText.shortened(report.classes().get(label).name(), nameWidth);
      table.row(label, name, line(cells[label], width));
    }
    return table.lines();
  }

  private static String line(String[] cells, int width) {
    return Arrays.stream(cells)
        .map(cell -> " ".repeat(width - cell.length()) + cell)
        .collect(Collectors.joining(" "));
  }

  private static List<String> frequent(EvaluationReport report) {
    List<ConfusionCell> cells =
        report.confusion().stream()
            .filter(cell -> !cell.correct())
            .sorted(
                Comparator.comparingLong(ConfusionCell::images)
                    .reversed()
                    .thenComparing(ConfusionCell.ORDER))
            .limit(FREQUENT)
            .toList();
    if (cells.isEmpty()) {
      return List.of();
    }
    TextTable table = new TextTable("<true class", "<predicted", ">images", ">of the class's");
    for (ConfusionCell cell : cells) {
      ClassFigures figures = report.classes().get(cell.label());
      String predicted = report.classes().get(cell.predicted()).name();
      table.row(
          DisplayText.shortened(figures.name(), NAME_WIDTH),
          DisplayText.shortened(predicted, NAME_WIDTH),
          EvaluationTable.count(cell.images()),
          EvaluationTable.percent((double) cell.images() / figures.support(), 2));
    }
    return titled("The most frequent confusions", table.lines());
  }
}
