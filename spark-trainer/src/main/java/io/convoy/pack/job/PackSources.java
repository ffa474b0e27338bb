package io.convoy.pack.job;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tells what a source is: a folder of class folders, tar files, or a table; one set, or a training
 * set and a test set.
 *
 * @param label the column of labels in a table; null for one of the usual names
 */
record PackSources(SparkSession session, HadoopFiles files, String label) {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final List<String> TABLES =
      List.of(".csv", ".tsv", ".jsonl", ".ndjson", ".parquet");

  /**
   * The sets of a source.
   *
   * @throws ConvoyException of kind DATA when there is no such source, of kind USAGE when it is
   *     none
   */
  List<NamedInput> of(String source) {
    String path = source.replaceAll("(?<=.)/+$", "");
    if (!StoredFile.exists(files, path)) {
      throw ConvoyException.data(
          "%s: no such file or folder: name a folder of class folders, a tar file, or a table",
          path);
    }
    if (isPackable(path)) {
      return List.of(new NamedInput("", one(path)));
    }
    List<FileStore.Entry> entries = StoredFile.list(files, path);
    Optional<PackInput> train = named(entries, TRAIN);
    if (train.isPresent()) {
      List<NamedInput> sets = new ArrayList<>(List.of(new NamedInput(TRAIN, train.get())));
      named(entries, TEST).ifPresent(test -> sets.add(new NamedInput(TEST, test)));
      return sets;
    }
    return List.of(new NamedInput("", folder(path, entries)));
  }

  /** The folder, tar file or table of that name, if there is one. */
  private Optional<PackInput> named(List<FileStore.Entry> entries, String name) {
    return entries.stream()
        .filter(
            entry ->
                entry.name().equals(name)
                    || (entry.name().startsWith(name + ".") && isPackable(entry.name())))
        .findFirst()
        .map(
            entry ->
                isPackable(entry.name())
                    ? one(entry.path())
                    : folder(entry.path(), StoredFile.list(files, entry.path())));
  }

  private PackInput folder(String path, List<FileStore.Entry> entries) {
    List<String> tars =
        entries.stream()
            .filter(entry -> !entry.directory() && TarInput.takes(entry.name()))
            .map(FileStore.Entry::path)
            .toList();
    if (!tars.isEmpty()) {
      return new TarInput(files, tars);
    }
    boolean parquet =
        entries.stream().anyMatch(e -> !e.directory() && e.name().endsWith(".parquet"));
    return parquet ? table(path, path, "parquet") : new FolderInput(files, path);
  }

  private static boolean isPackable(String name) {
    return TarInput.takes(name) || TABLES.stream().anyMatch(name::endsWith);
  }

  /** A tar file or a table. */
  private PackInput one(String path) {
    if (TarInput.takes(path)) {
      return new TarInput(files, List.of(path));
    }
    String kind = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return table(path, path.substring(0, Math.max(0, path.lastIndexOf('/'))), kind);
  }

  private PackInput table(String path, String folder, String kind) {
    Dataset<Row> table =
        switch (kind) {
          case "csv" -> session.read().option("header", true).csv(path);
          case "tsv" -> session.read().option("header", true).option("sep", "\t").csv(path);
          case "parquet" -> session.read().parquet(path);
          default -> session.read().json(path);
        };
    TableColumns columns = TableColumns.of(table.schema(), label, path);
    return new TableInput(files, table, columns, folder.isEmpty() ? "." : folder, path);
  }
}
