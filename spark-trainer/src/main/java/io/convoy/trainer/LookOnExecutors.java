package io.convoy.trainer;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.examine.Examined;
import io.convoy.data.examine.ImageExaminer;
import io.convoy.data.examine.Look;
import io.convoy.data.examine.Pieces;
import io.convoy.json.Json;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.JobDescription;
import io.convoy.worker.TextTasks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** Looks at files on the executors, some to a task. */
record LookOnExecutors(JavaSparkContext spark, HadoopFiles files) implements Look {
  /** Files of a task: some seconds' work. */
  private static final int PER_TASK = 200;

  private record Files(List<StoredImage> files) {}

  private record Found(List<Examined> found) {}

  @Override
  public void at(FileDataSet set, List<StoredImage> images, Consumer<Examined> found) {
    List<String> tasks =
        Pieces.of(images, PER_TASK).stream().map(piece -> Json.text(new Files(piece))).toList();
    HadoopFiles store = files;
    var unused =
        JobDescription.during(
            spark,
            "examination of %s image files".formatted(images.size()),
            () -> {
              TextTasks.run(
                  spark,
                  tasks,
                  task -> look(set, store, task),
                  bytes ->
                      Json.read(bytes, Found.class, "what was examined").found().forEach(found));
              return tasks;
            });
  }

  private static byte[] look(FileDataSet set, HadoopFiles store, String task) {
    byte[] json = task.getBytes(StandardCharsets.UTF_8);
    List<Examined> found = new ArrayList<>();
    try (ImageExaminer examiner = new ImageExaminer(set.contents(store))) {
      for (StoredImage image : Json.read(json, Files.class, "files to examine").files()) {
        found.add(examiner.examine(image));
      }
    }
    return Json.bytes(new Found(found));
  }
}
