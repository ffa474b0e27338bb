package io.convoy.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.GroupedSource;
import io.convoy.data.IndexedSource;
import io.convoy.data.LocalFiles;
import io.convoy.data.RowGroups;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.Pack;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.ValidationOptions;
import io.convoy.schedule.Constant;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packed set trains as the same rows, in the same groups, in memory. */
final class PackTrainingTest {
  private static final int SIZE = 13;
  private static final int IMAGES = 61;

  /** The numerics contract: what {@link #recipe} comes to on the packed set. */
  private static final String HASH =
      "af7a1602e84f5a1b1566e2e1f8cba247a2a39ea5ad2a2197675d6672bec82844";

  private static final List<String> CLASSES = List.of("a", "b", "c", "d");

  @TempDir Path folder;
  private RowGroups groups;

  /** The pixels as they were drawn, never as a file, in groups that the test's own count gives. */
  private record Twin(RowGroups rowGroups, boolean inMemory) implements IndexedSource {
    @Override
    public boolean isDecoded(int index) {
      return inMemory;
    }

    @Override
    public Optional<Shape> commonShape() {
      return Optional.of(Shape.of(SIZE, SIZE, 3));
    }

    @Override
    public List<String> classes() {
      return CLASSES;
    }

    @Override
    public Target target(int index) {
      return new ClassLabel(index * 7 % 4);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      byte[] pixels = DrawnImages.pixels(index, SIZE, SIZE);
      System.arraycopy(pixels, 0, into.room(Shape.of(SIZE, SIZE, 3)), 0, pixels.length);
      into.frame(framing);
    }

    @Override
    public String fingerprint() {
      return "twin";
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void write() {
    List<List<PackedImage>> files = new ArrayList<>();
    for (int from = 0; from < IMAGES; from += 25) {
      List<PackedImage> rows = new ArrayList<>();
      for (int i = from; i < Math.min(IMAGES, from + 25); i++) {
        byte[] png = DrawnImages.png(i, SIZE, SIZE);
        rows.add(new PackedImage(png, i * 7 % 4, "x/" + i, SIZE, SIZE));
      }
      files.add(rows);
    }
    PackDescription written = WrittenPack.write(folder, CLASSES, 4000, 5, files);
    List<Integer> sizes = new ArrayList<>();
    written.files().forEach(f -> f.groups().forEach(g -> sizes.add(g.rows())));
    assertTrue(sizes.size() > 9 && sizes.stream().distinct().count() > 1, sizes.toString());
    groups = RowGroups.of(sizes.stream().mapToInt(Integer::intValue).toArray(), 5);
  }

  private static Recipe recipe() {
    Network network =
        Network.input(SIZE, SIZE, 3)
            .then("conv", Conv2d.of(5, 3))
            .then("relu", new Relu())
            .then("flatten", new Flatten())
            .then("logits", Linear.of(4))
            .build();
    return new RecipeBuilder()
        .name("pack")
        .seed(3)
        .network(network)
        .data(new DataOptions(new Pack(), null, null))
        .standardization(
            new StandardScore(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.3f, 0.2f, 0.25f}))
        .augmentation(new Augmentation(2, true))
        .batchSize(10)
        .shards(4)
        .epochs(3)
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

  private SampleSource packed() {
    return new PackDataSet(folder.toString(), 3).open(new LocalFiles());
  }

  @Test
  void itTrainsAsItsRowsInMemory() {
    String expected = trained(recipe(), new Twin(groups, true), 1);
    assertEquals(HASH, expected);
    assertNotEquals(expected, trained(recipe(), new Twin(RowGroups.single(IMAGES), true), 1));
    for (int threads = 1; threads <= 3; threads++) {
      try (PackSource source = (PackSource) packed()) {
        assertEquals(expected, trained(recipe(), source, threads));
        assertTrue(source.groupsInMemory() <= GroupedSource.IDLE, "no window is left open");
      }
    }
  }

  @Test
  void soItDoesWithoutWhatIsHeldBack() {
    Recipe recipe = recipe().toBuilder().validation(new ValidationOptions(0.2, null)).build();
    String expected = trained(recipe, new Twin(groups, true), 1);
    try (SampleSource source = packed()) {
      assertEquals(expected, trained(recipe, source, 2));
    }
  }

  @Test
  void itGoesOnInTheMiddleOfAnEpoch() {
    String expected = trained(recipe(), new Twin(groups, true), 1);
    try (SampleSource source = packed()) {
      TrainingState half;
      try (LocalTrainer trainer = new LocalTrainer(recipe(), source, KernelProvider.kernels(), 2)) {
        trainer.train(9, report -> {});
        half = trainer.state();
      }
      try (LocalTrainer trainer =
          new LocalTrainer(recipe(), source, KernelProvider.kernels(), 1, half)) {
        trainer.train(trainer.totalSteps(), report -> {});
        assertEquals(expected, trainer.state().weightsSha256());
      }
    }
  }

  @Test
  void anImageOfAnotherSizeIsNamed() {
    byte[] png = DrawnImages.png(0, SIZE, SIZE + 1);
    PackedImage wide = new PackedImage(png, 0, "x/wide.png", SIZE, SIZE + 1);
    Path mixed = folder.resolve("mixed");
    WrittenPack.write(mixed, CLASSES, 4000, 5, List.of(List.of(wide)));
    try (SampleSource source = new PackDataSet(mixed.toString(), 3).open(new LocalFiles())) {
      ConvoyException e = assertThrows(ConvoyException.class, () -> trained(recipe(), source, 1));
      assertEquals(
          "row 0 of row group 0 of "
              + mixed
              + "/part-00000.parquet (both counted from 0): every image must have the shape of the"
              + " network's input: this one is 13x14x3, expected 13x13x3 (height x width x"
              + " channels); set data.size in the recipe, which has images brought to a size, or"
              + " take it away",
          e.getMessage());
    }
  }
}
