package io.convoy.pack.job;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.TextRdd;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A folder of class folders. The driver lists the classes; what is in them, executors list, and
 * read file by file where a file is written.
 */
record FolderInput(HadoopFiles files, String folder) implements PackInput {
  private static final Set<String> IMAGES =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "tif", "tiff", "webp");

  /** A class folder on its way to an executor: its name, and where it is. */
  private static final String SEPARATOR = "\n";

  @Override
  public JavaRDD<Row> images(SparkSession spark, boolean contents) {
    List<String> classes = new ArrayList<>();
    List<Row> beside = new ArrayList<>();
    for (FileStore.Entry entry : StoredFile.list(files, folder)) {
      if (isHidden(entry) || !entry.directory()) {
        beside.add(ImageRows.leftOut(entry.name()));
      } else {
        classes.add(entry.name() + SEPARATOR + entry.path());
      }
    }
    if (classes.isEmpty()) {
      throw ConvoyException.data(
          "%s: images lie in one folder a class, but there is no folder in it: name the folder above"
              + " or below, or a tar file or a table",
          folder);
    }
    HadoopFiles store = files;
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<Row> listed =
        new TextRdd(context.sc(), classes)
            .toJavaRDD()
            .flatMap(text -> list(store, text.split(SEPARATOR, 2)));
    return beside.isEmpty()
        ? listed
        : new TextRdd(context.sc(), names(beside))
            .toJavaRDD()
            .map(ImageRows::leftOut)
            .union(listed);
  }

  private static List<String> names(List<Row> rows) {
    return rows.stream().map(row -> row.getString(ImageRows.PATH)).toList();
  }

  private static Iterator<Row> list(HadoopFiles store, String[] folder) {
    List<Row> rows = new ArrayList<>();
    addAll(store, folder[1], folder[0], folder[0], rows);
    return rows.iterator();
  }

  private static void addAll(
      HadoopFiles store, String folder, String name, String foundClass, List<Row> rows) {
    for (FileStore.Entry entry : StoredFile.list(store, folder)) {
      String path = name + "/" + entry.name();
      if (isHidden(entry) || (!entry.directory() && !isImage(entry.name()))) {
        rows.add(ImageRows.leftOut(path));
      } else if (entry.directory()) {
        addAll(store, entry.path(), path, foundClass, rows);
      } else {
        String version = Long.toString(entry.modified());
        rows.add(ImageRows.file(path, foundClass, entry.length(), version, entry.path()));
      }
    }
  }

  private static boolean isHidden(FileStore.Entry entry) {
    return entry.name().startsWith(".") || entry.name().equals("__MACOSX");
  }

  /** By the ending of the name; what has none may be one, which decoding tells. */
  static boolean isImage(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 || IMAGES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  @Override
  public ClassLabels labels(SortedSet<String> found, List<String> chosen) {
    TreeMap<String, String> names = new TreeMap<>();
    found.forEach(name -> names.put(name, name));
    return ClassLabels.named(names, chosen, folder);
  }

  @Override
  public String place() {
    return folder;
  }
}
