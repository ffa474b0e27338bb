package io.convoy.data.reader;

import io.convoy.data.folder.FolderSurvey;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Which column of a table is which, counted from 0.
 *
 * @param path -1 where the table has none, and holds the images itself
 * @param split -1 where the table has none
 */
record TableColumns(int path, int label, int split) {
  private static final List<String> PATHS =
      List.of(
          "path",
          "file",
          "filename",
          "file_name",
          "filepath",
          "file_path",
          "image",
          "image_path",
          "img",
          "img_path");
  private static final List<String> LABELS =
      List.of("label", "class", "category", "target", "class_name", "label_name");

  /** Where there is none of those, and an image may have several. */
  private static final List<String> SEVERAL = List.of("labels", "classes", "categories", "tags");

  private static final String SPLIT = "split";

  /**
   * Finds the columns by the names that the recipe gives, or by those that people use, in letters
   * of any size.
   *
   * @param rows of which the columns are asked
   * @param held whether the table holds the images itself
   * @param table what errors name
   * @throws ConvoyException of kind DATA when there is none, or more than one may be meant
   */
  static TableColumns of(TableRows rows, Reading reading, boolean held, String table) {
    List<String> names = rows.columns();
    List<String> plain = plain(names);
    List<String> labels = new ArrayList<>(LABELS);
    boolean several = reading.labelDelimiter() != null || !rows.lists().isEmpty();
    if (plain.stream().noneMatch(LABELS::contains)) {
      requireNotSeveral(names, plain, several || reading.labelColumn() != null, table);
      labels.addAll(SEVERAL);
    }
    return new TableColumns(
        column(names, plain, reading.pathColumn(), PATHS, "data.pathColumn", held, table),
        column(names, plain, reading.labelColumn(), labels, "data.labelColumn", false, table),
        plain.indexOf(SPLIT));
  }

  /** Text of several labels is no class: somebody has to say how it is taken apart. */
  private static void requireNotSeveral(
      List<String> names, List<String> plain, boolean known, String table) {
    int column =
        IntStream.range(0, plain.size())
            .filter(i -> SEVERAL.contains(plain.get(i)))
            .findFirst()
            .orElse(-1);
    if (!known && column >= 0) {
      throw ConvoyException.data(
          "%s: the column %s may hold several labels an image: say what stands between them by"
              + " data.labelDelimiter, or name the column by data.labelColumn where each image has"
              + " one",
          table, names.get(column));
    }
  }

  /**
   * Finds the column of paths alone.
   *
   * @param given its name; null for one of those that people use
   * @param key by which it can be given, for errors
   */
  static int paths(List<String> names, String given, String key, String table) {
    return column(names, plain(names), given, PATHS, key, false, table);
  }

  private static List<String> plain(List<String> names) {
    return names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
  }

  private static int column(
      List<String> names,
      List<String> plain,
      String given,
      List<String> usual,
      String key,
      boolean mayLack,
      String table) {
    List<String> wanted = given == null ? usual : List.of(given.toLowerCase(Locale.ROOT));
    int first = plain.indexOf(wanted.get(0));
    if (first >= 0) {
      return first;
    }
    int[] found =
        IntStream.range(0, plain.size()).filter(i -> wanted.contains(plain.get(i))).toArray();
    if (found.length == 1) {
      return found[0];
    }
    if (found.length > 1) {
      throw ConvoyException.data(
          "%s: the columns %s and %s may both be meant: name one by %s",
          table, names.get(found[0]), names.get(found[1]), key);
    }
    if (mayLack && given == null) {
      return -1;
    }
    throw ConvoyException.data(
        "%s: the first line names the columns, and one of them is %s; it has %s: name the one that"
            + " is meant by %s, or add a header",
        table, given == null ? String.join(", ", usual) : given, FolderSurvey.some(names), key);
  }
}
