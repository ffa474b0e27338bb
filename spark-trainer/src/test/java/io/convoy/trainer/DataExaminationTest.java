package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.examine.DamageLimit;
import io.convoy.data.examine.Damaged;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.examine.Look;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.optimizer.Sgd;
import io.convoy.pack.DrawnImages;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.run.RunFolder;
import io.convoy.schedule.Constant;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.LocalTrainer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training does about damaged images before its first step, and what it remembers. */
class DataExaminationTest {
  private static final int SIZE = 6;
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir Path folder;
  private final List<Long> looked = new ArrayList<>();
  private final HadoopFiles files = new HadoopFiles(CONFIGURATION);

  @BeforeEach
  void write() throws IOException {
    for (int i = 0; i < 12; i++) {
      put("train/%s/%s.png".formatted(i % 2, i), DrawnImages.png(i, SIZE, SIZE));
      put("test/%s/%s.png".formatted(i % 2, i), DrawnImages.png(i + 20, SIZE, SIZE));
    }
  }

  private Path put(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private void damage() throws IOException {
    put("train/0/bad.jpg", new byte[0]);
    put("test/1/worse.png", new byte[] {1, 2, 3});
  }

  private static Recipe recipe(Damaged damaged, int most) {
    DamageLimit limit =
        damaged == Damaged.SKIP ? new DamageLimit(BigDecimal.valueOf(most), false) : null;
    return new RecipeBuilder()
        .network(
            Network.input(SIZE, SIZE, 3).then(new Flatten()).then("logits", Linear.of(2)).build())
        .data(new DataOptions(new Folders(), null, null).withDamaged(damaged, limit))
        .augmentation(Augmentation.NONE)
        .batchSize(5)
        .shards(2)
        .epochs(2)
        .optimizer(new Sgd(0.9f, true, 5e-4f, false))
        .schedule(new Constant(0.02, 0))
        .build();
  }

  private TrainingJob job(Recipe recipe) {
    FolderDataSet training = new FolderDataSet(folder + "/train", 3);
    FolderDataSet test = new FolderDataSet(folder + "/test", 3);
    return new TrainingJob(recipe, training, test, run().toString(), false, 1, 2);
  }

  private Path run() {
    return folder.resolve("run");
  }

  private DataExamination.Result examine(Recipe recipe) {
    Look nobody =
        (set, images, found) -> {
          throw new AssertionError("so few images are looked at by the driver");
        };
    looked.clear();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onExamination(long done, long total) {
            looked.add(done);
          }
        };
    return new DataExamination(files, nobody, listener).of(job(recipe));
  }

  @Test
  void aWholeSetGoesThroughAsItIs() {
    DataExamination.Result result = examine(recipe(null, 0));
    assertEquals(12, result.training().count());
    assertEquals(12, result.test().count());
    assertEquals("", result.training().leftOutVersion());
    assertFalse(Files.exists(run()));
  }

  @Test
  void damageRefusesTheRunAndLeavesAList() throws IOException {
    damage();
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> examine(recipe(Damaged.REFUSE, 0)));
    assertEquals(
        "1 of the 13 images of the training set are damaged: mend them, take them away, or leave"
            + " them out by data.damaged: skip in the recipe (file:"
            + run()
            + "/rejected.jsonl says why, of each): 0/bad.jpg; the first of them: the file is no"
            + " image that is read (by its first bytes; it has 0 bytes): JPEG, PNG, BMP, GIF, TIFF,"
            + " WebP are read; convert it or take it out of the folder",
        e.getMessage());
    // of both sets, so that both can be mended at once
    String reason =
        "the file is no image that is read (by its first bytes; it has %s bytes): JPEG, PNG, BMP,"
            + " GIF, TIFF, WebP are read; convert it or take it out of the folder";
    String line = "{\"path\":\"file:%s\",\"damaged\":true,\"reason\":\"%s\"}";
    assertEquals(
        List.of(
            line.formatted(folder + "/train/0/bad.jpg", reason.formatted(0)),
            line.formatted(folder + "/test/1/worse.png", reason.formatted(3))),
        Files.readAllLines(run().resolve("rejected.jsonl")));
    RunFolder.requireFree(run().toString(), CONFIGURATION); // the next try may go there

    Files.delete(folder.resolve("train/0/bad.jpg"));
    Files.delete(folder.resolve("test/1/worse.png"));
    examine(recipe(Damaged.REFUSE, 0));
    assertFalse(Files.exists(run().resolve("rejected.jsonl")));
  }

  /** Nobody waits for a terabyte to be read to hear what the first file tells. */
  @Test
  void whatDoesNotFitIsToldBeforeFilesAreRead() throws IOException {
    Recipe fitting = recipe(null, 0);
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> examine(with(fitting, SIZE, SIZE, 3)));
    assertEquals(ConvoyException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains("it ends in 3, the data set has 2 classes"), e.getMessage());
    assertEquals(List.of(), looked);
    // a first image that is damaged tells nothing: the examination says so of it
    put("train/0/!.png", new byte[9]);
    e = assertThrows(ConvoyException.class, () -> examine(with(fitting, SIZE, SIZE + 1, 2)));
    assertTrue(e.getMessage().startsWith("1 of the 13 images"), e.getMessage());
    assertEquals(25, looked.size());
  }

  private static Recipe with(Recipe recipe, int height, int width, int classes) {
    Network network =
        Network.input(height, width, 3)
            .then(new Flatten())
            .then("logits", Linear.of(classes))
            .build();
    return recipe.toBuilder().network(network).build();
  }

  @Test
  void imagesOfAnotherSizeAreBroughtToTheInput() throws IOException {
    Recipe recipe = recipe(null, 0);
    assertSame(recipe, examine(recipe).job().recipe());
    put("test/1/wide.png", DrawnImages.png(3, SIZE, SIZE + 1)); // not the first of the set
    TrainingJob job = examine(recipe).job();
    assertEquals(Extent.square(SIZE), job.recipe().data().size());
    try (SampleSource test = job.test().open(new LocalFiles())) {
      assertEquals(Optional.empty(), test.commonShape());
    }
    put("test/0/!.png", DrawnImages.png(3, SIZE + 1, SIZE)); // the first
    assertEquals(job.recipe(), examine(recipe).job().recipe());
  }

  @Test
  void skippingTrainsAsWithoutThem() throws IOException {
    String whole = trained(recipe(null, 0), examine(recipe(null, 0)).training());
    damage();
    Recipe recipe = recipe(Damaged.SKIP, 1);
    DataExamination.Result result = examine(recipe);
    assertEquals(whole, trained(recipe, result.training()));
    assertEquals(2, Files.readAllLines(run().resolve("rejected.jsonl")).size());
    assertEquals(13, result.test().count());
    FileDataSet tests = (FileDataSet) job(recipe).test();
    try (SampleSource test = tests.open(files, result.test())) {
      assertEquals(12, test.size());
    }
    // an evaluation leaves out the same
    DataExamination evaluation =
        new DataExamination(files, (set, images, found) -> {}, new TrainingListener() {});
    assertArrayEquals(result.test().bytes(), evaluation.of(recipe, tests, 1).bytes());
    assertSame(FileDigests.NONE, evaluation.of(recipe(null, 0), tests, 1));
    ConvoyException e = assertThrows(ConvoyException.class, () -> examine(recipe(Damaged.SKIP, 0)));
    assertTrue(e.getMessage().contains("more than data.maxDamaged (0) allows"), e.getMessage());
  }

  private String trained(Recipe recipe, FileDigests known) {
    FileDataSet set = (FileDataSet) job(recipe).training();
    try (SampleSource source = set.open(files, known);
        LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 1)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.state().weightsSha256();
    }
  }

  @Test
  void aSecondStartLooksAtChangedFilesAlone() throws IOException {
    examine(recipe(null, 0));
    assertEquals(24, looked.size());
    assertTrue(Files.exists(folder.resolve("train/" + ExaminedFiles.NAME)));
    examine(recipe(null, 0));
    assertEquals(List.of(), looked);
    Path changed = folder.resolve("train/0/2.png");
    FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(changed).toMillis() + 1000);
    Files.setLastModifiedTime(changed, later);
    examine(recipe(null, 0));
    assertEquals(List.of(1L), looked);
    // it is no part of the set, not even as what is left out
    try (SampleSource source = new FolderDataSet(folder + "/train", 3).open(files)) {
      assertEquals(List.of(), source.leftOut());
    }
  }

  /** A folder in the file's place: a right that lacks would be none for root. */
  @Test
  void whatCannotBeKeptBesideTheSetIsKeptInTheRun() throws IOException {
    put("train/" + ExaminedFiles.NAME + "/in/the/way", new byte[1]);
    examine(recipe(null, 0));
    assertEquals(24, looked.size());
    assertTrue(Files.exists(run().resolve("examined.jsonl")));
    assertTrue(Files.exists(folder.resolve("test/" + ExaminedFiles.NAME)));
    RunFolder.requireFree(run().toString(), CONFIGURATION);
    examine(recipe(null, 0));
    assertEquals(List.of(), looked);
  }
}
