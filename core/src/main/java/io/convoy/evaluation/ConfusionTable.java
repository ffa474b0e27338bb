package io.convoy.evaluation;

import io.convoy.text.DisplayText;
import io.convoy.text.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  private static List<String> matrix(EvaluationReport report, int nameWidth) {
    int classes = report.classes().size();
    String[][] cells = new String[classes][classes];
    for (ConfusionCell cell : report.confusion()) {
      cells[cell.label()][cell.predicted()] = Long.toString(cell.images());
    }
    Stream<String> columns = IntStream.range(0, classes).mapToObj(label -> ">" + label);
    TextTable table =
        new TextTable(Stream.concat(Stream.of(">", "<"), columns).toArray(String[]::new));
    for (int label = 0; label < classes; label++) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(label));
      row.add(DisplayText.shortened(report.classes().get(label).name(), nameWidth));
      for (String cell : cells[label]) {
        row.add(cell == null ? "." : cell);
      }
      table.row(row.toArray());
    }
    return table.lines();
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
