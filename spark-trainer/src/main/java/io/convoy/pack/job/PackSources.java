package io.convoy.pack.job;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.ClassFolders;
import io.convoy.data.folder.FolderLayout;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.folder.SetNames;
import io.convoy.data.reader.LabelCells;
import io.convoy.error.ConvoyException;
import io.convoy.images.TableColumns;
import io.convoy.images.TarNames;
import io.convoy.pack.ParquetFooters;
import io.convoy.storage.HadoopFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Tells what a source is: a folder of class folders, tar files, or a table; one set, or a training
 * set and a test set.
 *
 * @param label the column of labels in a table; null for one of the usual names
 * @param labelDelimiter what stands between the labels of an image; null where it has one
 */
record PackSources(SparkSession session, HadoopFiles files, String label, String labelDelimiter) {
  static final String TRAIN = "train";
  static final String TEST = "test";
  private static final List<String> TABLES =
      List.of(".csv", ".tsv", ".jsonl", ".ndjson", ".parquet");

  /**
   * The sets of a source.
   *
   * @throws ConvoyException of kind DATA when there is no such source, or it may be taken for more
   *     than one
   */
  List<NamedInput> of(String source) {
    String path = source.replaceAll("(?<=.)/+$", "");
    if (!StoredFile.exists(files, path)) {
      throw ConvoyException.data(
          "%s: no such file or folder: name a folder of class folders, a tar file, or a table",
          path);
    }
    if (isPackable(path)) {
      return List.of(new NamedInput("", one(path, List.of())));
    }
    List<FileStore.Entry> entries = visible(path);
    SetNames names = SetNames.of(entries.stream().map(PackSources::stem).toList());
    Optional<FileStore.Entry> train = names.training().map(name -> called(entries, name));
    if (train.isEmpty()) {
      return whole(path, entries);
    }
    boolean folders = train.get().directory() && !holdsFiles(visible(train.get().path()));
    if (folders && names.test().map(name -> called(entries, name).directory()).orElse(true)) {
      return folders(path);
    }
    Optional<FileStore.Entry> test = names.test().map(name -> called(entries, name));
    List<String> beside =
        entries.stream()
            .filter(entry -> !entry.equals(train.get()) && !test.equals(Optional.of(entry)))
            .map(FileStore.Entry::name)
            .toList();
    List<NamedInput> sets = new ArrayList<>();
    sets.add(new NamedInput(TRAIN, set(train.get(), names.notes(path, beside))));
    test.ifPresent(entry -> sets.add(new NamedInput(TEST, set(entry, List.of()))));
    return sets;
  }

  private List<FileStore.Entry> visible(String folder) {
    return StoredFile.list(files, folder).stream()
        .filter(entry -> LeftOut.Reason.of(entry).isEmpty())
        .toList();
  }

  /** What stands for a set; a folder before a file. */
  private static FileStore.Entry called(List<FileStore.Entry> entries, String name) {
    return entries.stream().filter(entry -> stem(entry).equals(name)).findFirst().orElseThrow();
  }

  /** The name; of a tar file or a table, without its ending. */
  private static String stem(FileStore.Entry entry) {
    String name = entry.name();
    if (!entry.directory() && TarNames.isTar(name)) {
      return TarNames.baseName(name);
    }
    return !entry.directory() && isPackable(name) ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  /** A folder that is one set, or two folders of class folders. */
  private List<NamedInput> whole(String path, List<FileStore.Entry> entries) {
    return holdsFiles(entries)
        ? List.of(new NamedInput("", ofFiles(path, entries, List.of())))
        : folders(path);
  }

  private List<NamedInput> folders(String path) {
    FolderLayout layout = FolderLayout.of(files, path);
    FolderInput training = new FolderInput(files, layout.training(), layout.notes());
    if (layout.training().equals(path)) {
      return List.of(new NamedInput("", training));
    }
    List<NamedInput> sets = new ArrayList<>(List.of(new NamedInput(TRAIN, training)));
    layout
        .test()
        .map(test -> new FolderInput(files, test, List.of()))
        .ifPresent(test -> sets.add(new NamedInput(TEST, test)));
    return sets;
  }

  private PackInput set(FileStore.Entry entry, List<String> notes) {
    if (!entry.directory()) {
      return one(entry.path(), notes);
    }
    List<FileStore.Entry> entries = visible(entry.path());
    return holdsFiles(entries)
        ? ofFiles(entry.path(), entries, notes)
        : new FolderInput(files, entry.path(), notes);
  }

  private static boolean holdsFiles(List<FileStore.Entry> entries) {
    return entries.stream().anyMatch(entry -> isTar(entry) || isParquet(entry));
  }

  private static boolean isTar(FileStore.Entry entry) {
    return !entry.directory() && TarNames.isTar(entry.name());
  }

  private static boolean isParquet(FileStore.Entry entry) {
    return !entry.directory() && entry.name().toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  /** A folder of tar files, or of the files of a table. */
  private PackInput ofFiles(String path, List<FileStore.Entry> entries, List<String> notes) {
    List<FileStore.Entry> tars = entries.stream().filter(PackSources::isTar).toList();
    if (tars.isEmpty()) {
      return table(path, path, "parquet", notes);
    }
    List<String> folders = ClassFolders.in(entries);
    if (!folders.isEmpty()) {
      throw ConvoyException.data(
          "%s: it holds tar files (%s) and folders (%s), and either may be meant: move the one kind"
              + " to a folder of its own, and name that",
          path,
          FolderSurvey.some(tars.stream().map(FileStore.Entry::name).toList()),
          FolderSurvey.some(folders));
    }
    LeftOut leftOut = new LeftOut();
    for (FileStore.Entry entry : StoredFile.list(files, path)) {
      if (!leftOut.takes(entry, "") && !isTar(entry)) {
        leftOut.add(LeftOut.Reason.BESIDE_ARCHIVES, entry.name());
      }
    }
    List<String> told = new ArrayList<>(notes);
    told.addAll(leftOut.inWords(path));
    return new TarInput(files, tars.stream().map(FileStore.Entry::path).toList(), told);
  }

  private static boolean isPackable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return TarNames.isTar(name) || TABLES.stream().anyMatch(lower::endsWith);
  }

  /** A tar file or a table. */
  private PackInput one(String path, List<String> notes) {
    if (TarNames.isTar(path)) {
      return new TarInput(files, List.of(path), notes);
    }
    String kind = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return table(path, path.substring(0, Math.max(0, path.lastIndexOf('/'))), kind, notes);
  }

  private PackInput table(String path, String folder, String kind, List<String> notes) {
    Dataset<Row> table =
        switch (kind) {
          case "csv" -> session.read().option("header", true).csv(path);
          case "tsv" -> session.read().option("header", true).option("sep", "\t").csv(path);
          case "parquet" -> session.read().schema(schema(path)).parquet(path);
          default -> session.read().json(path);
        };
    TableColumns columns = TableColumns.of(table.schema(), label, path);
    LabelCells cells = TableInput.cells(table, columns, labelDelimiter, path);
    return new TableInput(
        files, table, columns, cells, folder.isEmpty() ? "." : folder, path, notes);
  }

  /** Of a file, or of the first of a folder. */
  private StructType schema(String path) {
    List<String> parts = new ArrayList<>(List.of(path));
    if (StoredFile.find(files, path).filter(FileStore.Entry::directory).isPresent()) {
      parts.clear();
      visible(path).stream()
          .filter(PackSources::isParquet)
          .limit(1)
          .forEach(e -> parts.add(e.path()));
    }
    return ParquetFooters.read(parts, files.configuration()).schema();
  }
}
