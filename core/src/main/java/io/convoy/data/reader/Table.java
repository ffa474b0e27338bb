package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.GroupedSource;
import io.convoy.data.KeptPixels;
import io.convoy.data.folder.Classes;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Images that a table names, {@code train.csv} and {@code test.csv}, or one table whose column
 * {@code split} says which row is of which set: {@link TableDataSet}.
 */
public record Table() implements DataFormat {
  @Override
  public DataSet training(FileStore files, String folder, Reading reading) {
    TableLayout layout = TableLayout.of(files, folder);
    List<String> notes = new ArrayList<>(layout.notes());
    if (layout.test().isPresent()) {
      return set(layout, layout.training(), null, reading, false, notes);
    }
    TableFile table = TableFile.read(files, layout.training(), reading);
    Optional<TableSplit> test = test(table);
    if (test.isEmpty()) {
      notes.add(layout.training() + ": there is no test set beside it and none in it");
    }
    if (test.equals(Optional.of(TableSplit.VALIDATION))) {
      notes.add(layout.training() + ": its rows of the split val are taken for the test set");
    } else if (table.has(TableSplit.VALIDATION)) {
      notes.add(
          "%s: left out %s rows of the split val, since there is a test set"
              .formatted(layout.training(), table.count(TableSplit.VALIDATION)));
    }
    if (table.divided() && !table.has(TableSplit.TRAIN)) {
      throw ConvoyException.data(
          "%s: no row is of the split train: write train into its column split", layout.training());
    }
    TableSplit split = table.divided() ? TableSplit.TRAIN : null;
    return set(layout, layout.training(), split, reading, false, notes);
  }

  @Override
  public Optional<DataSet> test(FileStore files, String folder, Reading reading) {
    TableLayout layout = TableLayout.of(files, folder);
    if (layout.test().isPresent()) {
      return Optional.of(set(layout, layout.test().get(), null, reading, true, List.of()));
    }
    return test(TableFile.read(files, layout.training(), reading))
        .map(split -> set(layout, layout.training(), split, reading, true, List.of()));
  }

  @Override
  public Optional<DataSet> undivided(FileStore files, String folder, Reading reading) {
    TableLayout layout = TableLayout.of(files, folder);
    boolean divided =
        layout.isPart(folder) || TableFile.read(files, layout.training(), reading).divided();
    return divided
        ? Optional.empty()
        : Optional.of(set(layout, layout.training(), null, reading, true, List.of()));
  }

  /** The rows of a divided table that the network is tested on. */
  private static Optional<TableSplit> test(TableFile table) {
    if (table.has(TableSplit.TEST)) {
      return Optional.of(TableSplit.TEST);
    }
    return table.has(TableSplit.VALIDATION) ? Optional.of(TableSplit.VALIDATION) : Optional.empty();
  }

  private static TableDataSet set(
      TableLayout layout,
      String table,
      TableSplit split,
      Reading reading,
      boolean test,
      List<String> notes) {
    Classes classes = Classes.chosen(reading.classes(), test);
    FolderDataSet images =
        new FolderDataSet(layout.folder(), reading.channels(), 0, 0, false, classes, notes);
    return new TableDataSet(
        table,
        split,
        reading.pathColumn(),
        reading.labelColumn(),
        reading.labelDelimiter(),
        images);
  }

  @Override
  public boolean takesClasses() {
    return true;
  }

  @Override
  public boolean hasColumns() {
    return true;
  }

  @Override
  public String contents() {
    return "tables of images and labels";
  }

  @Override
  public String expected() {
    return "train.csv and test.csv (or .tsv, .jsonl, .parquet) with the columns path and label";
  }

  @Override
  public boolean decodes() {
    return true;
  }

  @Override
  public boolean isExamined() {
    return true;
  }

  @Override
  public long memory(FileStore files, String folder, Reading reading, Shape image) {
    TableLayout layout = TableLayout.of(files, folder);
    long bytes = decoded(files, layout.training(), reading, image);
    return layout.test().isEmpty()
        ? bytes
        : bytes + decoded(files, layout.test().get(), reading, image);
  }

  private static long decoded(FileStore files, String table, Reading reading, Shape image) {
    long bytes = (long) image.elements() * TableFile.read(files, table, reading).rows().size();
    return bytes > KeptPixels.LIMIT ? 0 : bytes;
  }

  @Override
  public long windowMemory(FileStore files, String folder, int streams) {
    TableLayout layout = TableLayout.of(files, folder);
    return TableFile.open(files, layout.training())
        .images()
        .map(held -> GroupedSource.windowMemory(held.bytes(), held.largestGroup(), streams))
        .orElse(0L);
  }
}
