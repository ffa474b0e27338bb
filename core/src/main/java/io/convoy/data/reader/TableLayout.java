package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.data.folder.LeftOut;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which tables hold the training set and the test set.
 *
 * @param folder the tables'
 * @param training the training set's table; without {@code test}, one that may be divided by a
 *     column
 * @param test the test set's; empty where there is no second table
 * @param notes what a user may not expect of it
 */
record TableLayout(String folder, String training, Optional<String> test, List<String> notes) {
  /**
   * Looks into a folder.
   *
   * @param place the folder, or a table itself
   * @throws ConvoyException of kind DATA when there is no table, or more than one may be meant
   */
  static TableLayout of(FileStore files, String place) {
    if (isTable(place, false)) {
      int end = place.lastIndexOf('/');
      String folder = end < 0 ? "." : place.substring(0, Math.max(1, end));
      return new TableLayout(folder, place, Optional.empty(), List.of());
    }
    List<String> tables =
        StoredFile.exists(files, place)
            ? StoredFile.list(files, place).stream()
                .filter(entry -> LeftOut.Reason.of(entry).isEmpty())
                .filter(entry -> isTable(entry.name(), entry.directory()))
                .map(FileStore.Entry::name)
                .toList()
            : List.of();
    if (tables.isEmpty()) {
      throw ConvoyException.data(
          "%s: there is no train.csv (or .tsv, .jsonl, .parquet) in it, which names images and their"
              + " labels; %s",
          place, FolderSurvey.of(files, place, List.of("train.csv")));
    }
    return of(place, tables);
  }

  private static TableLayout of(String folder, List<String> tables) {
    Optional<String> train = called(folder, tables, TableSplit.TRAIN);
    Optional<String> test = called(folder, tables, TableSplit.TEST);
    Optional<String> taken =
        test.isPresent() ? test : called(folder, tables, TableSplit.VALIDATION);
    if (tables.size() == 1 && taken.isEmpty()) {
      return new TableLayout(folder, folder + "/" + tables.get(0), Optional.empty(), List.of());
    }
    if (train.isEmpty()) {
      throw ConvoyException.data(
          "%s: there is no train.csv (or .tsv, .jsonl, .parquet) in it, but %s: call one so, or name the one"
              + " that holds all images by data.path",
          folder, FolderSurvey.some(tables));
    }
    List<String> notes = new ArrayList<>();
    if (test.isEmpty()) {
      taken.ifPresent(
          name -> notes.add("%s: %s is taken for the test set".formatted(folder, name)));
    }
    List<String> beside =
        tables.stream()
            .filter(name -> !name.equals(train.get()) && !taken.equals(Optional.of(name)))
            .toList();
    if (!beside.isEmpty()) {
      notes.add(
          "%s: left out %s as beside %s: %s"
              .formatted(
                  folder,
                  beside.size(),
                  train.get() + taken.map(name -> " and " + name).orElse(""),
                  FolderSurvey.some(beside)));
    }
    return new TableLayout(
        folder, folder + "/" + train.get(), taken.map(name -> folder + "/" + name), notes);
  }

  /**
   * Whether its first table is a part of a divided set, by a second one or by its name. One that is
   * named itself is taken as it is.
   *
   * @param place that was looked into
   */
  boolean isPart(String place) {
    String name = training.substring(training.lastIndexOf('/') + 1);
    return test.isPresent() || (!training.equals(place) && TableSplit.of(stem(name)).isPresent());
  }

  /** The table that is called as a split is. */
  private static Optional<String> called(String folder, List<String> tables, TableSplit split) {
    List<String> found =
        tables.stream()
            .filter(name -> Optional.of(split).equals(TableSplit.of(stem(name))))
            .toList();
    if (found.size() > 1) {
      throw ConvoyException.data(
          "%s: %s and %s may both be meant: take one away", folder, found.get(0), found.get(1));
    }
    return found.stream().findFirst();
  }

  private static String stem(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** Spark writes a table in Parquet as a folder. */
  private static boolean isTable(String name, boolean folder) {
    String lower = name.toLowerCase(Locale.ROOT);
    return folder
        ? lower.endsWith(TableFile.PARQUET)
        : TableFile.ENDINGS.stream().anyMatch(lower::endsWith);
  }
}
