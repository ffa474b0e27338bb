package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileDataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.examine.Damaged;
import io.convoy.data.examine.Examination;
import io.convoy.data.examine.ExaminationListener;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.examine.LookHere;
import io.convoy.data.reader.Reading;
import io.convoy.data.reader.Table;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.Extent;
import io.convoy.pack.DrawnImages;
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
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table in Parquet that holds its images gives the same bits, whoever trains on it. */
@Tag("slow")
final class HeldImagesTrainingTest {
  private static final int IMAGES = 1203;
  private static final StructType SCHEMA =
      new StructType().add("image", "binary").add("label", "int");

  @TempDir Path folder;

  private static Recipe recipe() {
    DataOptions options =
        new DataOptions(new Table(), null, null)
            .withSize(Extent.square(13), null, true, null)
            .withDamaged(Damaged.SKIP, null);
    return Trainings.recipe(Trainings.MOMENTUM, 100, 1, Sync.PEERS).toBuilder()
        .data(options)
        .validation(new ValidationOptions(0.1, null))
        .build();
  }

  private void write(JavaSparkContext spark, Path table) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = DrawnImages.png(i, 13, 13);
      rows.add(RowFactory.create(i % 301 == 7 ? new byte[] {1} : image, i * 7 % 10));
    }
    SparkSession.builder()
        .config(spark.getConf())
        .getOrCreate()
        .createDataFrame(rows, SCHEMA)
        .repartition(3)
        .write()
        .option("parquet.block.row.count.limit", 150)
        .parquet(table.toString());
  }

  private static String trained(JavaSparkContext spark, TrainingJob job) {
    return new SparkTrainer(spark).train(job, new TrainingListener() {}).weightsSha256();
  }

  private static String local(FileDataSet set) {
    LocalFiles files = new LocalFiles();
    Examination examination =
        new Examination(
            files, new ExaminedFiles(), new LookHere(files, 2), ExaminationListener.NONE);
    try (SampleSource source = set.open(files, examination.of("all", set).digests())) {
      assertEquals(IMAGES - 4, source.size());
      assertTrue(source.rowGroups().count() > 5, "groups: " + source.rowGroups().count());
      try (LocalTrainer trainer = new LocalTrainer(recipe(), source, KernelProvider.kernels(), 2)) {
        trainer.train(trainer.totalSteps(), report -> {});
        return trainer.state().weightsSha256();
      }
    }
  }

  @Test
  void anyNumberOfExecutorsGivesTheSameBits() throws IOException {
    Path table = folder.resolve("train.parquet");
    FileDataSet set = null;
    String expected = null;
    for (int executors = 1; executors <= 3; executors++) {
      try (JavaSparkContext spark = Sessions.executors(executors)) {
        if (set == null) {
          write(spark, table);
          set =
              (FileDataSet)
                  new Table()
                      .training(new LocalFiles(), table.toString(), Reading.of(1))
                      .ofAnySize();
          expected = local(set);
        }
        Path run = folder.resolve("run-" + executors);
        if (executors == 2) { // in the middle of its epoch, it ends and goes on
          trained(spark, Runs.job(recipe().withMaxSteps(4), set, run, executors));
          assertEquals(expected, trained(spark, Runs.resume(recipe(), set, run, executors)));
        } else {
          assertEquals(expected, trained(spark, Runs.job(recipe(), set, run, executors)));
        }
        assertEquals(4, Files.readAllLines(run.resolve("rejected.jsonl")).size());
      }
    }
  }
}
