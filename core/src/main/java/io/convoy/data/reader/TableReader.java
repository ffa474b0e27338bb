package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileStore;
import io.convoy.data.LabelSets;
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
  private final boolean several;
  private final List<TableFile.Row> rows;
  private final Classes classes;
  private final List<String> given;
  private final TableImages images;
  private final TableLabels labels;
  private final List<String> problems = new ArrayList<>();
  private final List<StoredImage> samples = new ArrayList<>();
  private final Map<String, Long> leftOut = new LinkedHashMap<>();

  /** The sets of labels that samples have, by the numbers that these have until all are known. */
  private final Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();

  /** The lines in which files stand, where they may have several labels. */
  private final Map<String, Long> lines = new HashMap<>();

  /** The files of a table that holds images. */
  private final Map<String, FileStore.Entry> parts = new HashMap<>();

  private long unusable;
  private boolean backslashes;

  /**
   * @param rows of the table that are read
   * @param set the classes that are read
   */
  TableReader(TableFile table, List<TableFile.Row> rows, FolderDataSet set, TableImages images) {
    this.table = table.path();
    this.several = table.several();
    this.rows = rows;
    this.classes = set.classes();
    this.given = set.notes();
    this.images = images;
    this.labels =
        new TableLabels(
            classes,
            rows.stream()
                .filter(row -> row.problem() == null)
                .flatMap(row -> row.labels().stream())
                .toList(),
            table.path());
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
    LabelSets sets = several ? LabelSets.of(numbers.keySet()) : LabelSets.SINGLE;
    if (several) {
      List<List<Integer>> found = List.copyOf(numbers.keySet());
      samples.replaceAll(one -> one.labelled(sets.number(found.get(one.label()))));
    }
    List<String> notes = new ArrayList<>(given);
    LabelledImages read =
        new LabelledImages(table, labels.names(), sets, classes.allNeeded(), samples, notes);
    requireClasses(read);
    noteLeftOut(notes);
    noteDuplicates(notes);
    return read;
  }

  private void add(TableFile.Row row) {
    if (row.problem() != null) {
      refuse(row, row.problem());
      return;
    }
    OptionalInt label = several ? set(row) : label(row);
    if (label.isEmpty()) {
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
    Long line = several ? lines.putIfAbsent(file.get().path(), row.line()) : null;
    if (line != null) {
      refuse(row, "its image stands in line %s: write all its labels there".formatted(line));
      return;
    }
    samples.add(StoredImage.of(file.get(), name, label.getAsInt()));
  }

  /** The label of a row's class; empty where the row is left out, or of no use. */
  private OptionalInt label(TableFile.Row row) {
    String text = row.labels().get(0);
    OptionalInt label = labels.of(text);
    String problem = label.isPresent() ? null : labels.problem(text);
    if (problem != null) {
      refuse(row, problem);
    } else if (label.isEmpty()) {
      leftOut.merge(text, 1L, Long::sum);
    }
    return label;
  }

  /** The number of a row's set of labels, for the time being; empty where it is of no use. */
  private OptionalInt set(TableFile.Row row) {
    TableLabels.Several found = labels.of(row.labels());
    if (found.problem() != null) {
      refuse(row, found.problem());
      return OptionalInt.empty();
    }
    found.leftOut().forEach(text -> leftOut.merge(text, 1L, Long::sum));
    return OptionalInt.of(numbers.computeIfAbsent(found.labels(), any -> numbers.size()));
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

  private void requireClasses(LabelledImages read) {
    if (samples.isEmpty()) {
      throw ConvoyException.data(
          "%s: no row is of a class that data.classes lists: correct the list; the labels are %s",
          table, FolderSurvey.some(List.copyOf(leftOut.keySet())));
    }
    if (read.classes().isEmpty()) {
      throw ConvoyException.data(
          "%s: no row has a label: write some, or name another column", table);
    }
    List<String> missing = read.missing();
    if (classes.allNeeded() && classes.othersLeftOut() && !missing.isEmpty()) {
      throw ConvoyException.data(
          "%s: data.classes lists %s, of which there is no row: correct the list, or add rows;"
              + " left out: %s",
          table, FolderSurvey.some(missing), FolderSurvey.some(List.copyOf(leftOut.keySet())));
    }
  }

  private void noteLeftOut(List<String> notes) {
    if (!leftOut.isEmpty()) {
      notes.add(
          "%s: left out %s %s of classes that data.classes does not list: %s"
              .formatted(
                  table,
                  leftOut.values().stream().mapToLong(Long::longValue).sum(),
                  several ? "labels" : "rows",
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
