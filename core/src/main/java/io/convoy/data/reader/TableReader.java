package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileStore;
import io.convoy.data.folder.Classes;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks up the images of a table's rows, and their labels. */
final class TableReader {
  private static final int NAMED = 10;

  private final String table;
  private final List<TableFile.Row> rows;
  private final Classes classes;
  private final List<String> given;
  private final TableImages images;
  private final TableLabels labels;
  private final List<String> problems = new ArrayList<>();
  private final List<StoredImage> samples = new ArrayList<>();
  private final Map<String, Long> leftOut = new LinkedHashMap<>();

  /** The files of a table that holds images. */
  private final Map<String, FileStore.Entry> parts = new HashMap<>();

  private long unusable;
  private boolean backslashes;

  /**
   * @param table what errors name
   * @param set the classes that are read
   */
  TableReader(String table, List<TableFile.Row> rows, FolderDataSet set, TableImages images) {
    this.table = table;
    this.rows = rows;
    this.classes = set.classes();
    this.given = set.notes();
    this.images = images;
    this.labels =
        new TableLabels(
            classes,
            rows.stream().filter(row -> row.problem() == null).map(TableFile.Row::label).toList(),
            table);
  }

  /**
   * Finds all images.
   *
   * @throws ConvoyException of kind DATA that names the first {@value #NAMED} rows that are of no
   *     use, and says how many there are
   */
  LabelledImages read() {
    rows.forEach(this::add);
    requireUsable();
    requireClasses();
    List<String> notes = new ArrayList<>(given);
    noteLeftOut(notes);
    noteDuplicates(notes);
    return new LabelledImages(table, labels.names(), classes.allNeeded(), samples, notes);
  }

  private void add(TableFile.Row row) {
    if (row.problem() != null) {
      refuse(row, row.problem());
      return;
    }
    OptionalInt label = labels.of(row.label());
    if (label.isEmpty()) {
      String problem = labels.problem(row.label());
      if (problem == null) {
        leftOut.merge(row.label(), 1L, Long::sum);
      } else {
        refuse(row, problem);
      }
      return;
    }
    if (row.place() != null) {
      FileStore.Entry part = parts.computeIfAbsent(row.place().file(), images::file);
      samples.add(StoredImage.of(part, row.place(), row.path(), label.getAsInt()));
      return;
    }
    String name = images.name(row.path());
    Optional<FileStore.Entry> file = images.find(name);
    if (file.isEmpty()) {
      backslashes |= name.indexOf('\\') >= 0;
      refuse(row, "there is no file " + row.path());
      return;
    }
    samples.add(StoredImage.of(file.get(), name, label.getAsInt()));
  }

  private void refuse(TableFile.Row row, String problem) {
    unusable++;
    if (problems.size() < NAMED) {
      problems.add("line %s: %s".formatted(row.line(), problem));
    }
  }

  private void requireUsable() {
    if (unusable == 0) {
      return;
    }
    long further = unusable - problems.size();
    throw ConvoyException.data(
        "%s: %s of its %s rows cannot be used: mend them, or take them out%s: %s%s",
        table,
        unusable,
        rows.size(),
        backslashes ? " (between folders stands /, not \\)" : "",
        String.join("; ", problems),
        further > 0 ? "; and %s more".formatted(further) : "");
  }

  private void requireClasses() {
    if (samples.isEmpty()) {
      throw ConvoyException.data(
          "%s: no row is of a class that data.classes lists: correct the list; the labels are %s",
          table, FolderSurvey.some(List.copyOf(leftOut.keySet())));
    }
    if (!classes.allNeeded() || !classes.othersLeftOut()) {
      return;
    }
    boolean[] there = new boolean[labels.names().size()];
    samples.forEach(sample -> there[sample.label()] = true);
    List<String> missing = new ArrayList<>();
    for (int label = 0; label < there.length; label++) {
      if (!there[label]) {
        missing.add(labels.names().get(label));
      }
    }
    if (!missing.isEmpty()) {
      throw ConvoyException.data(
          "%s: data.classes lists %s, of which there is no row: correct the list, or add rows;"
              + " left out: %s",
          table, FolderSurvey.some(missing), FolderSurvey.some(List.copyOf(leftOut.keySet())));
    }
  }

  private void noteLeftOut(List<String> notes) {
    if (!leftOut.isEmpty()) {
      notes.add(
          "%s: left out %s rows of classes that data.classes does not list: %s"
              .formatted(
                  table,
                  leftOut.values().stream().mapToLong(Long::longValue).sum(),
                  FolderSurvey.some(List.copyOf(leftOut.keySet()))));
    }
  }

  private void noteDuplicates(List<String> notes) {
    Map<String, Integer> labelOf = new HashMap<>();
    Map<String, Boolean> repeated = new LinkedHashMap<>();
    for (StoredImage sample : samples) {
      Integer before = labelOf.put(sample.path(), sample.label());
      if (before != null) {
        repeated.merge(sample.name(), before != sample.label(), Boolean::logicalOr);
      }
    }
    if (repeated.isEmpty()) {
      return;
    }
    notes.add(
        "%s: more than one row names %s"
            .formatted(table, FolderSurvey.some(List.copyOf(repeated.keySet()))));
    List<String> torn =
        repeated.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
    if (!torn.isEmpty()) {
      notes.add("%s: rows with different labels name %s".formatted(table, FolderSurvey.some(torn)));
    }
  }
}
