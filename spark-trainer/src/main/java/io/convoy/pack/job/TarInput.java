package io.convoy.pack.job;

import io.convoy.data.StoredFile;
import io.convoy.data.folder.ArchiveLayout;
import io.convoy.data.folder.ClassFolders;
import io.convoy.data.folder.Classes;
import io.convoy.data.folder.LeftOut;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageRows;
import io.convoy.images.TarRows;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.TextRdd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Tar files of class folders, each read from its start to its end by one task, by the same rules as
 * folders. The folders that all images share are passed over; what lies in no folder is of the
 * class that its tar file is called.
 *
 * @param above the folders above the classes, with a slash; null until they are known
 * @param notes what a user may not expect of how they were found
 */
record TarInput(HadoopFiles files, List<String> tars, String above, List<String> notes)
    implements PackInput {

  TarInput(HadoopFiles files, List<String> tars, List<String> notes) {
    this(files, tars, null, notes);
  }

  @Override
  public JavaRDD<Row> images(SparkSession spark, Classes classes, boolean contents) {
    HadoopFiles store = files;
    return new TextRdd(spark.sparkContext(), tars)
        .toJavaRDD()
        .flatMap(
            tar -> {
              LeftOut leftOut = new LeftOut();
              String version = StoredFile.version(store, tar);
              return ImageRows.with(leftOut, TarRows.of(store, tar, version, contents, leftOut));
            });
  }

  @Override
  public List<Part> sets(String name, Survey survey) {
    Set<String> folders =
        survey.found().keySet().stream()
            .filter(folder -> !folder.startsWith(TarRows.ROOT))
            .collect(Collectors.toSet());
    ArchiveLayout layout = ArchiveLayout.of(folders, place());
    if (layout.test().isEmpty()) {
      return List.of(part(name, layout.training(), layout.notes(), survey));
    }
    String test = layout.test().get();
    if (!name.isEmpty()) {
      throw ConvoyException.data(
          "%s, taken for the set %s: it holds a training set and a test set of its own, %s and %s:"
              + " pack it alone",
          place(), name, layout.training(), test);
    }
    return List.of(
        part(
            PackSources.TRAIN,
            layout.training(),
            layout.notes(),
            survey.of(folder -> !folder.startsWith(test))),
        part(PackSources.TEST, test, List.of(), survey.of(folder -> folder.startsWith(test))));
  }

  private Part part(String name, String folder, List<String> told, Survey survey) {
    return new Part(new NamedInput(name, new TarInput(files, tars, folder, told)), survey);
  }

  @Override
  public ClassLabels.Sorted labels(Survey survey, Classes classes) {
    boolean inFolders = survey.found().keySet().stream().anyMatch(f -> !f.startsWith(TarRows.ROOT));
    LeftOut leftOut = new LeftOut();
    TreeMap<String, String> classOf = new TreeMap<>();
    survey
        .found()
        .forEach(
            (folder, images) -> {
              Optional<String> found = classOf(folder, inFolders);
              found.ifPresent(name -> classOf.put(folder, name));
              if (found.isEmpty()) {
                String where = folder.startsWith(TarRows.ROOT) ? folder.substring(1) : folder;
                leftOut.add(LeftOut.Reason.UNSORTED, images.count(), List.of(where));
              }
            });
    List<String> names = new ArrayList<>(new TreeSet<>(classOf.values()));
    Classes.Labels known = classes.labels(names, place());
    Map<String, Integer> labels = new HashMap<>();
    Set<String> there = new TreeSet<>();
    classOf.forEach(
        (folder, name) -> {
          if (classes.othersLeftOut() && known.of(name).isEmpty()) {
            return;
          }
          there.add(name);
          labels.put(folder, known.require(place(), name));
        });
    names.stream()
        .filter(name -> !there.contains(name))
        .forEach(name -> leftOut.add(LeftOut.Reason.NOT_LISTED, name));
    classes.requireFolders(place(), there, leftOut.named(LeftOut.Reason.NOT_LISTED));
    if (labels.isEmpty()) {
      throw ClassFolders.noImage(place(), names);
    }
    return new ClassLabels.Sorted(
        new ClassLabels(known.names(), labels, inFolders ? above : ""), leftOut);
  }

  /** The class folder in which a folder lies; empty where that is none of this set's. */
  private Optional<String> classOf(String folder, boolean inFolders) {
    if (folder.startsWith(TarRows.ROOT)) {
      return inFolders ? Optional.empty() : Optional.of(folder.substring(TarRows.ROOT.length()));
    }
    return folder.startsWith(above)
        ? Optional.of(folder.substring(above.length()).split("/", 2)[0])
        : Optional.empty();
  }

  @Override
  public String place() {
    return tars.size() == 1
        ? tars.get(0)
        : "%s and %s more".formatted(tars.get(0), tars.size() - 1);
  }
}
