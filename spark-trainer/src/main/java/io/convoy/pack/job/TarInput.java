package io.convoy.pack.job;

import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.TextRdd;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tar files of class folders, each read from its start to its end by one task. The class of an
 * image is its folder below those that all images share; without folders, the tar file's own name.
 */
record TarInput(HadoopFiles files, List<String> tars) implements PackInput {
  /** What tar files are called; the last ones are compressed by gzip. */
  static final List<String> ENDINGS = List.of(".tar", ".tar.gz", ".tgz");

  private static final Set<String> BOTH_SETS = Set.of("train", "test");

  /** Whether a file is such a tar file, by its name. */
  static boolean takes(String name) {
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** The name of a tar file without its folder and ending. */
  static String baseName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (String ending : ENDINGS) {
      if (name.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  @Override
  public JavaRDD<Row> images(SparkSession spark, boolean contents) {
    HadoopFiles store = files;
    return new TextRdd(spark.sparkContext(), tars)
        .toJavaRDD()
        .flatMap(tar -> TarRows.of(store, tar, StoredFile.version(store, tar), contents));
  }

  @Override
  public ClassLabels labels(SortedSet<String> found, List<String> chosen) {
    List<List<String>> folders = new ArrayList<>();
    found.forEach(folder -> folders.add(List.of(folder.split("/"))));
    int shared = shared(folders);
    TreeMap<String, String> names = new TreeMap<>();
    folders.forEach(folder -> names.put(String.join("/", folder), folder.get(shared)));
    if (new TreeSet<>(names.values()).equals(BOTH_SETS)) {
      throw ConvoyException.usage(
          "%s holds a training set and a test set: make a tar file of each, train.tar and test.tar,"
              + " and name their folder",
          place());
    }
    return ClassLabels.named(names, chosen, place());
  }

  /** How many folders all images share, above the one that is their class. */
  private static int shared(List<List<String>> folders) {
    int shared = 0;
    while (true) {
      int at = shared;
      boolean deeper =
          !folders.isEmpty()
              && folders.stream()
                  .allMatch(
                      folder ->
                          folder.size() > at + 1 && folder.get(at).equals(folders.get(0).get(at)));
      if (!deeper) {
        return shared;
      }
      shared++;
    }
  }

  @Override
  public String place() {
    return tars.size() == 1
        ? tars.get(0)
        : "%s and %s more".formatted(tars.get(0), tars.size() - 1);
  }
}
