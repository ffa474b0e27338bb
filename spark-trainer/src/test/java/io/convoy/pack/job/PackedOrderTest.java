package io.convoy.pack.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileDataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.PackedOrder;
import io.convoy.data.RowGroups;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Mixup;
import io.convoy.data.augment.ResizedCrop;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.examine.DamageLimit;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.examine.Damaged;
import io.convoy.data.examine.Examination;
import io.convoy.data.examine.ExaminationListener;
import io.convoy.data.examine.ExaminedFiles;
import io.convoy.data.examine.LookHere;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.FileOrder;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.data.reader.Folders;
import io.convoy.data.reader.TableDataSet;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.optimizer.Sgd;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.ValidationOptions;
import io.convoy.schedule.Constant;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A folder or a table in the order of a pack is, to a training, what {@code convoy pack} makes. */
@ExtendWith(PackSession.class)
final class PackedOrderTest {
  private static final List<String> CLASSES = List.of("apple", "pear é", "plum", "quince");
  private static final PackedOrder ORDER = new PackedOrder(7, 1 << 16);
  private static final PackOptions SKIP =
      new PackOptions(7, 1 << 16, List.of(), new DamageRule(Damaged.SKIP, DamageLimit.of("50%")));
  private static final int SIDE = 24;
  private static final int IMAGES = 230;

  @TempDir Path folder;
  private final FileStore files = new LocalFiles();

  /** Images, some below a further folder, of one size or of many. */
  private void draw(boolean oneSize) throws IOException {
    for (int i = 0; i < IMAGES; i++) {
      byte[] image =
          oneSize
              ? DrawnImages.png(i, SIDE, SIDE)
              : DrawnImages.png(i, 9 + i * 7 % 31, 9 + i * 11 % 29);
      put(name(i), image);
    }
  }

  private static String name(int i) {
    String below = i % 5 == 0 ? "far #1/" : "";
    return CLASSES.get(i * 7 % CLASSES.size()) + "/" + below + i + ".png";
  }

  private void put(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private FolderDataSet folders() {
    return new FolderDataSet(folder.resolve("in").toString(), 3).inOrderOf(ORDER);
  }

  private SampleSource packed(JavaSparkContext spark, String source, PackOptions options) {
    String out = folder.resolve("out").toString();
    ImagePack.pack(spark, folder.resolve(source).toString(), out, null, options, PackListener.NONE);
    return new PackDataSet(out, 3).open(files);
  }

  private FileDigests examined(FileDataSet set) {
    LookHere look = new LookHere(files, 2);
    return new Examination(files, new ExaminedFiles(), look, ExaminationListener.NONE)
        .of("set", set)
        .digests();
  }

  /** The same rows: numbers, groups, window, labels, pixels. */
  private static void assertSame(SampleSource pack, SampleSource other) {
    RowGroups expected = pack.rowGroups();
    RowGroups groups = other.rowGroups();
    assertTrue(expected.count() > 3, expected.count() + " groups");
    assertEquals(expected.window(), groups.window());
    assertArrayEquals(starts(expected), starts(groups));
    assertEquals(pack.classes(), other.classes());
    int[] rows = IntStream.range(0, pack.size()).toArray();
    Pixels there = new Pixels();
    Pixels here = new Pixels();
    try (SampleWindow one = pack.open(rows);
        SampleWindow two = other.open(rows)) {
      for (int row : rows) {
        one.read(row, Framing.STORED, there);
        two.read(row, Framing.STORED, here);
        assertEquals(there.shape(), here.shape());
        int length = here.shape().elements();
        assertTrue(Arrays.equals(there.bytes(), 0, length, here.bytes(), 0, length), "row " + row);
        assertEquals(one.target(row), two.target(row));
        assertEquals(pack.label(row), other.label(row));
      }
    }
  }

  private static int[] starts(RowGroups groups) {
    return IntStream.rangeClosed(0, groups.count()).map(groups::start).toArray();
  }

  @Test
  void aFolderHasTheRowsOfItsPack(JavaSparkContext spark) throws IOException {
    draw(false);
    try (SampleSource pack = packed(spark, "in", SKIP);
        SampleSource plain = folders().ofAnySize().open(files)) {
      assertEquals(IMAGES, pack.size());
      assertSame(pack, plain);
      try (SampleSource unordered = folders().inOrderOf(null).ofAnySize().open(files)) {
        assertNotEquals(unordered.fingerprint(), plain.fingerprint());
        assertEquals(IMAGES, unordered.rowGroups().count());
      }
    }
  }

  /**
   * The number of files follows from all bytes, what is written of them from those that are read.
   */
  @Test
  void whatIsDamagedIsMissingInBoth(JavaSparkContext spark) throws IOException {
    draw(false);
    for (int i = 0; i < IMAGES; i += 3) {
      byte[] image = Files.readAllBytes(folder.resolve("in").resolve(name(i)));
      put(name(i), Arrays.copyOf(image, image.length - 20));
    }
    FolderDataSet set = folders().ofAnySize();
    FileDigests known = examined(set);
    assertEquals(IMAGES, known.count());
    try (SampleSource pack = packed(spark, "in", SKIP);
        SampleSource plain = set.open(files, known)) {
      assertEquals(IMAGES - 77, pack.size());
      assertSame(pack, plain);
    }
  }

  @Test
  void aTableHasTheRowsOfItsPack(JavaSparkContext spark) throws IOException {
    draw(false);
    StringBuilder csv = new StringBuilder("path,label\n");
    for (int i = IMAGES - 1; i >= 0; i--) {
      String before = i % 3 == 0 ? "./" : i % 3 == 1 ? folder + "/in/" : "";
      csv.append("%s%s,%s\n".formatted(before, name(i), CLASSES.get(i * 7 % CLASSES.size())));
    }
    Files.writeString(folder.resolve("in/images.csv"), csv);
    String path = folder.resolve("in/images.csv").toString();
    TableDataSet table = new TableDataSet(path, null, folders().ofAnySize());
    try (SampleSource pack = packed(spark, "in/images.csv", SKIP);
        SampleSource plain = table.open(files);
        SampleSource same = folders().ofAnySize().open(files)) {
      assertSame(pack, plain);
      assertSame(plain, same);
    }
  }

  /** Images of other classes have no part in the order, not even by their bytes. */
  @Test
  void chosenClassesAreLaidAsIfTheyWereAlone(JavaSparkContext spark) throws IOException {
    draw(false);
    List<String> chosen = List.of("plum", "apple");
    PackOptions options = new PackOptions(7, 1 << 16, chosen, DamageRule.REFUSE);
    DataOptions data =
        new DataOptions(new Folders(), null, 3)
            .withLabels(chosen, null, null)
            .withSize(Extent.square(SIDE), null, true, null)
            .withOrder(FileOrder.PACK);
    FolderDataSet set = (FolderDataSet) data.training(files, folder + "/in", 3);
    assertEquals(PackedOrder.USUAL, set.order());
    try (SampleSource pack = packed(spark, "in", options);
        SampleSource plain = set.inOrderOf(ORDER).open(files)) {
      assertTrue(pack.size() < IMAGES);
      assertEquals(chosen, plain.classes());
      assertSame(pack, plain);
    }
  }

  private static Recipe recipe(boolean sized) {
    Network network =
        Network.input(SIDE, SIDE, 3)
            .then("conv", Conv2d.of(4, 3))
            .then("relu", new Relu())
            .then("flatten", new Flatten())
            .then("logits", Linear.of(CLASSES.size()))
            .build();
    DataOptions data = new DataOptions(new Folders(), null, null);
    Augmentation plain = new Augmentation(sized ? 0 : 2, true);
    return new RecipeBuilder()
        .seed(3)
        .network(network)
        .data(sized ? data.withSize(Extent.square(SIDE), null, false, null) : data)
        .validation(new ValidationOptions(0.1, null))
        .standardization(
            new StandardScore(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.3f, 0.2f, 0.25f}))
        .augmentation(
            (sized ? plain.withResizedCrop(ResizedCrop.STANDARD) : plain)
                .withMixing(new Mixup(0.3, 0.5), null))
        .batchSize(17)
        .shards(4)
        .epochs(2)
        .optimizer(new Sgd(0.9f, true, 5e-4f, false))
        .schedule(new Constant(0.02, 0))
        .build();
  }

  private static String trained(Recipe recipe, SampleSource source, int threads) {
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, source, KernelProvider.kernels(), threads)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.state().weightsSha256();
    }
  }

  /** Where files are decoded each time. */
  @Test
  void aStreamedFolderTrainsAsItsPack(JavaSparkContext spark) throws IOException {
    draw(false);
    trainsAsItsPack(spark, recipe(true), folders().ofAnySize(), false);
  }

  /** Where all images lie decoded in memory. */
  @Test
  void aKeptFolderTrainsAsItsPack(JavaSparkContext spark) throws IOException {
    draw(true);
    trainsAsItsPack(spark, recipe(false), folders(), true);
  }

  private void trainsAsItsPack(
      JavaSparkContext spark, Recipe recipe, FolderDataSet set, boolean inMemory)
      throws IOException {
    try (SampleSource pack = packed(spark, "in", SKIP);
        SampleSource plain = set.open(files)) {
      assertFalse(plain.isDecoded(0), "nothing was read yet");
      String expected = trained(recipe, pack, 1);
      for (int threads = 1; threads <= 3; threads++) {
        assertEquals(expected, trained(recipe, plain, threads));
      }
      long kept = IntStream.range(0, plain.size()).filter(plain::isDecoded).count();
      assertEquals(inMemory, kept > plain.size() / 2);
      try (SampleSource unordered = set.inOrderOf(null).open(files)) {
        assertNotEquals(expected, trained(recipe, unordered, 1));
      }
      TrainingState half;
      try (LocalTrainer trainer = new LocalTrainer(recipe, pack, KernelProvider.kernels(), 2)) {
        trainer.train(7, report -> {});
        half = trainer.state();
      }
      try (LocalTrainer trainer =
          new LocalTrainer(recipe, plain, KernelProvider.kernels(), 2, half)) {
        trainer.train(trainer.totalSteps(), report -> {});
        assertEquals(expected, trainer.state().weightsSha256());
      }
    }
  }
}
