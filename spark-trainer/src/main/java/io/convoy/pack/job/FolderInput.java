package io.convoy.pack.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.ClassFolders;
import io.convoy.data.folder.Classes;
import io.convoy.data.folder.FolderWalk;
import io.convoy.data.folder.LeftOut;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageRows;
import io.convoy.json.Json;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.TextRdd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A folder of class folders, by the same rules as {@code data.format: folders}. The driver lists
 * the classes; what is in them, executors list, and read file by file where a file is written.
 *
 * @param notes what a user may not expect of how the folder was found
 */
record FolderInput(HadoopFiles files, String folder, List<String> notes) implements PackInput {
  /** Tasks that share the class folders. */
  private static final int MOST_TASKS = 10_000;

  /** Class folders on their way to an executor. */
  private record Share(@JsonProperty(required = true) List<String> names) {}

  @Override
  public JavaRDD<Row> images(SparkSession spark, Classes classes, boolean contents) {
    List<String> names = ClassFolders.of(files, folder, classes).names();
    if (names.size() == 1 && classes.areFound()) {
      requireLevel(names.get(0));
    }
    int size = 1 + names.size() / MOST_TASKS;
    List<String> shares = new ArrayList<>();
    for (int from = 0; from < names.size(); from += size) {
      Share share = new Share(names.subList(from, Math.min(names.size(), from + size)));
      shares.add(Json.text(share));
    }
    HadoopFiles store = files;
    String above = folder;
    return new TextRdd(spark.sparkContext(), shares)
        .toJavaRDD()
        .flatMap(share -> list(store, above, share));
  }

  private void requireLevel(String only) {
    List<FileStore.Entry> entries = StoredFile.list(files, folder + "/" + only);
    List<String> below = new ArrayList<>(ClassFolders.in(entries));
    if (entries.stream().anyMatch(FolderInput::mayBeImage)) {
      below.add("");
    }
    ClassFolders.requireLevel(folder, only, below);
  }

  private static boolean mayBeImage(FileStore.Entry entry) {
    return !entry.directory() && LeftOut.Reason.of(entry).isEmpty();
  }

  private static Iterator<Row> list(HadoopFiles store, String folder, String share) {
    byte[] json = share.getBytes(StandardCharsets.UTF_8);
    List<String> names = Json.read(json, Share.class, "class folders").names();
    LeftOut leftOut = new LeftOut();
    FolderWalk set = FolderWalk.from(store, folder);
    return ImageRows.with(leftOut, new FolderRows(set, names, leftOut));
  }

  @Override
  public ClassLabels.Sorted labels(Survey survey, Classes classes) {
    ClassFolders set = ClassFolders.of(files, folder, classes);
    classes.requireFolders(folder, set.names(), set.leftOut().named(LeftOut.Reason.NOT_LISTED));
    Map<String, Integer> labels = new HashMap<>();
    for (String name : set.names()) {
      labels.put(name, set.labels().require(folder, name));
      if (classes.allNeeded() && !survey.found().containsKey(name)) {
        throw ConvoyException.data(
            "%s/%s: the class folder has no image; every class needs one: fill it, or take it away",
            folder, name);
      }
    }
    if (survey.found().isEmpty()) {
      throw ClassFolders.noImage(folder, set.names());
    }
    return new ClassLabels.Sorted(new ClassLabels(set.labels().names(), labels, ""), set.leftOut());
  }

  @Override
  public String place() {
    return folder;
  }
}
