package io.convoy.pack.job;

import io.convoy.data.StoredFile;
import io.convoy.data.reader.TableImages;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A table of images, or of their paths, and labels. Labels are names; where all are whole numbers,
 * they go in the order of these.
 *
 * @param folder that relative paths start from
 * @param place the table in words
 */
record TableInput(
    HadoopFiles files, Dataset<Row> table, TableColumns columns, String folder, String place)
    implements PackInput {
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  private static final Pattern FULL = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:/.*");

  @Override
  public JavaRDD<Row> images(SparkSession spark, boolean contents) {
    HadoopFiles store = files;
    String above = folder;
    boolean bytes = columns.image() != null;
    return table
        .select(column(columns.label()), text(columns.path()), image())
        .toJavaRDD()
        .map(row -> bytes ? image(row) : file(row, store, above));
  }

  private static Column column(String name) {
    return functions.col(TableColumns.quoted(name)).cast("string");
  }

  private static Column text(String name) {
    return name == null ? functions.lit(null).cast("string") : column(name);
  }

  private Column image() {
    return columns.image() == null
        ? functions.lit(null).cast("binary")
        : functions.col(columns.image());
  }

  /** An image without a path is named by its bytes. */
  private static Row image(Row row) {
    String label = row.getString(0);
    byte[] image = row.getAs(2);
    String path = row.getString(1);
    if (path == null) {
      byte[] digest = Sha256.digest().digest(image == null ? new byte[0] : image);
      path = label + "/" + HexFormat.of().formatHex(digest, 0, 16);
    }
    return label == null
        ? ImageRows.leftOut(path + " (it has no label)")
        : ImageRows.image(path, label, image == null ? 0 : image.length, "", image);
  }

  private static Row file(Row row, HadoopFiles store, String folder) {
    String label = row.getString(0);
    String path = row.getString(1);
    if (label == null || path == null) {
      return ImageRows.leftOut(path == null ? "a row without a path" : path + " (it has no label)");
    }
    String name = TableImages.name(folder, path);
    String location = FULL.matcher(path).matches() ? path : folder + "/" + path;
    if (!StoredFile.exists(store, location)) {
      return ImageRows.file(name, label, 0, "missing", location); // reading it will say so
    }
    String version = StoredFile.version(store, location);
    long length = StoredFile.length(store, location);
    return ImageRows.file(name, label, length, version, location);
  }

  @Override
  public ClassLabels labels(SortedSet<String> found, List<String> chosen) {
    boolean numbers =
        !found.isEmpty() && found.stream().allMatch(label -> WHOLE.matcher(label).matches());
    if (!numbers) {
      TreeMap<String, String> names = new TreeMap<>();
      found.forEach(name -> names.put(name, name));
      return ClassLabels.named(names, chosen, place);
    }
    if (!chosen.isEmpty() && !chosen.containsAll(found)) {
      return numbered(found, chosen);
    }
    List<String> names = new ArrayList<>(chosen.isEmpty() ? found : chosen);
    if (chosen.isEmpty()) {
      names.sort(Comparator.comparing(Integer::valueOf));
    }
    Map<String, Integer> labels = new HashMap<>();
    found.forEach(label -> labels.put(label, names.indexOf(label)));
    return new ClassLabels(names, labels);
  }

  /** Numbers as places in a list of names. */
  private ClassLabels numbered(SortedSet<String> found, List<String> chosen) {
    Map<String, Integer> labels = new HashMap<>();
    for (String label : found) {
      int number = Integer.parseInt(label);
      if (number >= chosen.size()) {
        throw ConvoyException.data(
            "%s: label %s has no name: --classes gives %d, for the labels from 0 on",
            place, label, chosen.size());
      }
      labels.put(label, number);
    }
    return new ClassLabels(chosen, labels);
  }
}
