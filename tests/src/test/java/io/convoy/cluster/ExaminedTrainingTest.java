package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.examine.Damaged;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.data.reader.Folders;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.Extent;
import io.convoy.pack.DrawnImages;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.train.LocalTrainer;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors of their own examine a set and train on what is whole of it: to the known bits. */
@Tag("slow")
final class ExaminedTrainingTest {
  private static final int IMAGES = 1200;
  private static final List<String> DAMAGED = List.of("class 2/bad.jpg", "class 7/worse.jpg");

  @TempDir Path folder;

  /** What the driver is told, and by which of its threads. */
  private static final class Told implements TrainingListener {
    private final List<Long> counts = new ArrayList<>();
    private final Set<String> threads = new TreeSet<>();

    @Override
    public synchronized void onExamination(long done, long total) {
      assertEquals(IMAGES + DAMAGED.size(), total);
      counts.add(done);
      threads.add(Thread.currentThread().getName());
    }
  }

  @Test
  void executorsExamineAndTrainOnTheRest() throws IOException {
    for (int i = 0; i < IMAGES; i++) {
      Path path = folder.resolve("images/class %s/%s.png".formatted(i % 10, i));
      Files.createDirectories(path.getParent());
      Files.write(path, DrawnImages.png(i, 13, 13));
    }
    for (String name : DAMAGED) {
      Path file = folder.resolve("images").resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0});
    }
    DataOptions options =
        new DataOptions(new Folders(), null, null)
            .withSize(Extent.square(13), null, true, null) // so that files are read when needed
            .withDamaged(Damaged.SKIP, null);
    Recipe recipe =
        Trainings.recipe(Trainings.MOMENTUM, 100, 1, Sync.PEERS).toBuilder().data(options).build();
    FolderDataSet set = new FolderDataSet(folder + "/images", 1).ofAnySize();
    Told first = new Told();
    Told second = new Told();
    String weights;
    try (JavaSparkContext spark = Sessions.executors(2)) {
      SparkTrainer trainer = new SparkTrainer(spark);
      Path run = folder.resolve("first");
      weights = trainer.train(Runs.job(recipe, set, run, 2), first).weightsSha256();
      assertEquals(2, Files.readAllLines(run.resolve("rejected.jsonl")).size());
      Path again = folder.resolve("second");
      assertEquals(weights, trainer.train(Runs.job(recipe, set, again, 2), second).weightsSha256());
    }
    // by Spark's thread of results: the driver itself looked at none
    assertEquals(Set.of("dag-scheduler-event-loop"), first.threads);
    assertEquals(IMAGES + DAMAGED.size(), first.counts.size());
    assertEquals(List.of(), second.counts);
    for (String name : DAMAGED) {
      Files.delete(folder.resolve("images").resolve(name));
    }
    try (SampleSource whole = set.open(new LocalFiles());
        LocalTrainer trainer = new LocalTrainer(recipe, whole, KernelProvider.kernels(), 1)) {
      trainer.train(trainer.totalSteps(), report -> {});
      assertEquals(trainer.state().weightsSha256(), weights);
    }
  }
}
