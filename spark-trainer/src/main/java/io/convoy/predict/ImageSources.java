package io.convoy.predict;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.reader.Pack;
import io.convoy.data.reader.TablePaths;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageFiles;
import io.convoy.images.TableColumns;
import io.convoy.images.TarNames;
import io.convoy.pack.PackDescription;
import io.convoy.pack.PackedFile;
import io.convoy.pack.ParquetFooters;
import io.convoy.predict.ListedFiles.Listed;
import io.convoy.storage.HadoopFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
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
    List<FileStore.Entry> found = new ImageFiles(files).matches(path);
    if (found.isEmpty()) {
      throw ConvoyException.data(
          "%s: there is nothing of that name: name an image, a folder, a glob such as 'photos/*.jpg',"
              + " a tar file, a table or a packed set",
          place);
    }
    return found.size() == 1 ? at(found.get(0)) : several(path, found);
  }

  private ImageInput at(FileStore.Entry entry) {
    if (entry.directory()) {
      return folder(entry);
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

  private ImageInput folder(FileStore.Entry folder) {
    String path = folder.path();
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
        ? among(path, List.of(folder))
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
    return among(glob, found);
  }

  private ImageInput among(String place, List<FileStore.Entry> found) {
    ImageFiles.Found images = new ImageFiles(files).among(place, found);
    List<Listed> listed = images.images().stream().map(ImageSources::listed).toList();
    return new ListedFiles(spark(), listed, images.notes());
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
    if (images.isEmpty()) {
      throw ConvoyException.data("%s: there is no image in it", tables.get(0));
    }
    return new ListedFiles(spark(), images, List.of());
  }

  private static String location(String folder, String path) {
    return FULL.matcher(path).matches() ? null : folder + "/" + path;
  }

  private SparkContext spark() {
    return session.sparkContext();
  }
}
