package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.PackedOrder;
import io.convoy.data.SampleSource;
import io.convoy.data.examine.DamageLimit;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.examine.Damaged;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.data.reader.Folders;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.Extent;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import io.convoy.pack.job.ImagePack;
import io.convoy.pack.job.PackListener;
import io.convoy.pack.job.PackOptions;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.train.LocalTrainer;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder in the order of its pack and the pack give the same bits, whoever trains on them. */
@Tag("slow")
final class FolderInPackOrderTest {
  private static final int IMAGES = 301;
  private static final PackedOrder ORDER = new PackedOrder(0, 1 << 16);
  private static final PackOptions OPTIONS =
      new PackOptions(0, 1 << 16, List.of(), new DamageRule(Damaged.SKIP, DamageLimit.of("10%")));

  @TempDir Path folder;

  @BeforeEach
  void draw() throws IOException {
    for (int i = 0; i < IMAGES; i++) {
      Path path = folder.resolve("images/class %s/%s.png".formatted(i * 7 % 10, i));
      Files.createDirectories(path.getParent());
      Files.write(path, DrawnImages.png(i, 13, 13));
    }
    Files.write(folder.resolve("images/class 3/bad.png"), new byte[2000]);
  }

  /** Of images that are decoded each time, or kept. */
  private static Recipe recipe(boolean sized) {
    DataOptions options =
        new DataOptions(new Folders(), null, null).withDamaged(Damaged.SKIP, null);
    return Trainings.recipe(Trainings.MOMENTUM, 40, 2, Sync.PEERS).toBuilder()
        .data(sized ? options.withSize(Extent.square(13), null, true, null) : options)
        .validation(new ValidationOptions(0.1, null))
        .build();
  }

  private String trained(JavaSparkContext spark, TrainingJob job) {
    return new SparkTrainer(spark).train(job, new TrainingListener() {}).weightsSha256();
  }

  @Test
  void anyNumberOfExecutorsGivesTheBitsOfThePack() throws IOException {
    FolderDataSet plain = new FolderDataSet(folder + "/images", 1).inOrderOf(ORDER);
    PackDataSet pack = new PackDataSet(folder + "/pack", 1);
    String expected = null;
    for (int executors = 1; executors <= 4; executors++) {
      try (JavaSparkContext spark = Sessions.executors(executors)) {
        if (expected == null) {
          ImagePack.pack(
              spark, folder + "/images", folder + "/pack", null, OPTIONS, PackListener.NONE);
          expected = local(pack);
        }
        Path run = folder.resolve("run-" + executors);
        TrainingJob whole =
            Runs.job(recipe(true), plain.ofAnySize(), run, executors, executors % 2 + 1);
        assertEquals(expected, trained(spark, whole));
        if (executors == 2) {
          Path kept = folder.resolve("kept");
          assertEquals(expected, trained(spark, Runs.job(recipe(false), plain, kept, executors)));
        }
        if (executors == 3) {
          Path half = folder.resolve("half");
          Recipe part = recipe(true).withMaxSteps(3); // of 7 an epoch
          trained(spark, Runs.job(part, plain.ofAnySize(), half, executors));
          assertEquals(
              expected,
              trained(spark, Runs.resume(recipe(true), plain.ofAnySize(), half, executors)));
        }
      }
    }
  }

  private String local(DataSet set) {
    Recipe recipe = recipe(true);
    try (SampleSource source = set.open(new LocalFiles())) {
      assertEquals(IMAGES, source.size());
      assertTrue(source.rowGroups().count() > 2, "groups: " + source.rowGroups().count());
      try (LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 2)) {
        trainer.train(trainer.totalSteps(), report -> {});
        return trainer.state().weightsSha256();
      }
    }
  }
}
