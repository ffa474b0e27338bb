package io.convoy.predict;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.FolderWalk;
import io.convoy.data.folder.ImageName;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.reader.Pack;
import io.convoy.data.reader.TablePaths;
import io.convoy.error.ConvoyException;
import io.convoy.images.TableColumns;
import io.convoy.images.TarNames;
import io.convoy.pack.PackDescription;
import io.convoy.pack.PackedFile;
import io.convoy.pack.ParquetFooters;
import io.convoy.predict.ListedFiles.Listed;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.HadoopPaths;
import io.convoy.storage.StoreFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the images at a place: an image file, a folder of images, of any depth, or a glob of these;
 * tar files; a table of paths or of images; a packed set.
 *
 * @param session in which tables are cut into the same parts on any cluster
 * @param column of a table, which has the paths; null for one of the usual names
 */
record ImageSources(SparkSession session, HadoopFiles files, String column) {
  private static final List<String> TEXT_TABLES = List.of(".csv", ".tsv", ".jsonl", ".ndjson");
  private static final String PARQUET = ".parquet";
  private static final Pattern FULL = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:/.*");
  private static final String GLOB = "*?[{";

  /**
   * The images at a place.
   *
   * @throws ConvoyException of kind DATA when there is nothing, of kind USAGE when a glob finds
   *     files of several kinds
   */
  ImageInput at(String place) {
    String path = place.replaceAll("(?<=.)/+$", "");
    Optional<FileStore.Entry> entry = StoredFile.find(files, path);
    if (entry.isPresent()) {
      return at(entry.get());
    }
    List<FileStore.Entry> found =
        path.chars().anyMatch(letter -> GLOB.indexOf(letter) >= 0) ? matches(path) : List.of();
    if (found.isEmpty()) {
      throw ConvoyException.data(
          "%s: there is nothing of that name: name an image, a folder, a glob such as 'photos/*.jpg',"
              + " a tar file, a table or a packed set",
          place);
    }
    return found.size() == 1 ? at(found.get(0)) : several(path, found);
  }

  private List<FileStore.Entry> matches(String glob) {
    Path path = HadoopPaths.parse(glob);
    try {
      FileStatus[] found =
          HadoopPaths.fileSystem(path, files.configuration())
              .globStatus(path, each -> !each.getName().startsWith("."));
      return Arrays.stream(found == null ? new FileStatus[0] : found)
          .map(status -> StoredFile.find(files, status.getPath().toString()).orElseThrow())
          .toList();
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: cannot be looked for: %s".formatted(glob, StoreFolder.reason(e)),
          e);
    }
  }

  private ImageInput at(FileStore.Entry entry) {
    if (entry.directory()) {
      return folder(entry.path());
    }
    String name = entry.name().toLowerCase(Locale.ROOT);
    if (TarNames.isTar(name)) {
      return tars(List.of(entry), List.of());
    }
    if (name.endsWith(PARQUET)) {
      return parquet(List.of(entry.path()), List.of());
    }
    return TEXT_TABLES.stream().anyMatch(name::endsWith)
        ? table(List.of(entry.path()))
        : new ListedFiles(spark(), List.of(listed(entry)), List.of());
  }

  private ImageInput folder(String path) {
    if (StoredFile.exists(files, path + "/" + Pack.DESCRIPTION)) {
      List<PackedFile> packed = PackDescription.read(files, path).files();
      return parquet(packed.stream().map(file -> path + "/" + file.name()).toList(), List.of());
    }
    List<FileStore.Entry> visible =
        StoredFile.list(files, path).stream()
            .filter(entry -> LeftOut.Reason.of(entry).isEmpty())
            .toList();
    for (FileStore.Entry entry : visible) {
      if (entry.directory() && StoredFile.exists(files, entry.path() + "/" + Pack.DESCRIPTION)) {
        throw ConvoyException.usage(
            "%s holds packed sets: name the one that is meant, such as %s", path, entry.path());
      }
    }
    List<FileStore.Entry> tars = visible.stream().filter(ImageSources::isTar).toList();
    if (!tars.isEmpty()) {
      return tars(tars, beside(path, visible, tars));
    }
    List<FileStore.Entry> tables = visible.stream().filter(ImageSources::isParquet).toList();
    return tables.isEmpty()
        ? walk(path)
        : parquet(tables.stream().map(FileStore.Entry::path).toList(), List.of());
  }

  private static List<String> beside(
      String path, List<FileStore.Entry> visible, List<FileStore.Entry> tars) {
    LeftOut leftOut = new LeftOut();
    visible.stream()
        .filter(entry -> !tars.contains(entry))
        .forEach(entry -> leftOut.add(LeftOut.Reason.BESIDE_ARCHIVES, entry.name()));
    return leftOut.inWords(path);
  }

  private static boolean isTar(FileStore.Entry entry) {
    return !entry.directory() && TarNames.isTar(entry.name());
  }

  private static boolean isParquet(FileStore.Entry entry) {
    return !entry.directory() && entry.name().toLowerCase(Locale.ROOT).endsWith(PARQUET);
  }

  private static boolean isTable(FileStore.Entry entry) {
    String name = entry.name().toLowerCase(Locale.ROOT);
    return !entry.directory()
        && (isParquet(entry) || TEXT_TABLES.stream().anyMatch(name::endsWith));
  }

  /** What a glob has found. */
  private ImageInput several(String glob, List<FileStore.Entry> found) {
    if (found.stream().allMatch(ImageSources::isTar)) {
      return tars(found, List.of());
    }
    if (found.stream().allMatch(ImageSources::isParquet)) {
      return parquet(found.stream().map(FileStore.Entry::path).toList(), List.of());
    }
    if (found.stream().anyMatch(entry -> isTar(entry) || isTable(entry))) {
      throw ConvoyException.usage(
          "%s finds tar files or tables among others: take a glob that finds tar files alone,"
              + " Parquet files alone, or images and folders of images",
          glob);
    }
    LeftOut leftOut = new LeftOut();
    List<Listed> images = new ArrayList<>();
    for (FileStore.Entry entry : found) {
      if (entry.directory()) {
        add(entry.path(), images, leftOut);
      } else if (LeftOut.Reason.of(entry).isPresent()) {
        leftOut.takes(entry, "");
      } else if (!leftOut.takes(ImageName.of(files, entry), entry.path())) {
        images.add(listed(entry));
      }
    }
    return required(glob, images, leftOut);
  }

  private ImageInput walk(String folder) {
    LeftOut leftOut = new LeftOut();
    List<Listed> images = new ArrayList<>();
    add(folder, images, leftOut);
    return required(folder, images, leftOut);
  }

  private void add(String folder, List<Listed> images, LeftOut leftOut) {
    Iterator<FolderWalk.Found> found = FolderWalk.from(files, folder).files("", leftOut);
    while (found.hasNext()) {
      FileStore.Entry entry = found.next().entry();
      if (!leftOut.takes(ImageName.of(files, entry), entry.path())) {
        images.add(listed(entry));
      }
    }
  }

  private ImageInput required(String place, List<Listed> images, LeftOut leftOut) {
    List<String> notes = leftOut.inWords(place);
    if (images.isEmpty()) {
      throw ConvoyException.data(
          "%s: there is no image in it%s", place, notes.isEmpty() ? "" : "; " + notes.get(0));
    }
    return new ListedFiles(spark(), images, notes);
  }

  private static Listed listed(FileStore.Entry entry) {
    return new Listed(entry.path(), null, entry.length(), Long.toString(entry.modified()));
  }

  private ImageInput tars(List<FileStore.Entry> tars, List<String> notes) {
    return new TarFiles(spark(), files, tars.stream().map(FileStore.Entry::path).toList(), notes);
  }

  private ImageInput parquet(List<String> paths, List<String> notes) {
    ParquetFooters footers = ParquetFooters.read(paths, files.configuration());
    TableColumns columns = TableColumns.withoutLabels(footers.schema(), column, paths.get(0));
    if (columns.image() == null) {
      return table(paths);
    }
    Dataset<Row> table =
        session.read().schema(footers.schema()).parquet(paths.toArray(String[]::new));
    return new ImageTable(files, table, columns, footers.rows(), paths, notes);
  }

  /** Tables of paths: they are read here, and cut into parts like files that were listed. */
  private ImageInput table(List<String> tables) {
    List<Listed> images = new ArrayList<>();
    for (String table : tables) {
      String folder = table.substring(0, Math.max(0, table.lastIndexOf('/')));
      for (String path : TablePaths.read(files, table, column, "--column")) {
        images.add(
            path.isBlank()
                ? new Listed(null, null, ListedFiles.UNKNOWN_LENGTH, "")
                : new Listed(path, location(folder, path), ListedFiles.UNKNOWN_LENGTH, ""));
      }
    }
    return required(tables.get(0), images, new LeftOut());
  }

  private static String location(String folder, String path) {
    return FULL.matcher(path).matches() ? null : folder + "/" + path;
  }

  private SparkContext spark() {
    return session.sparkContext();
  }
}
