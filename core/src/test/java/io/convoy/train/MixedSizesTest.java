package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.IndexedSource;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.ResizedCrop;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.EncodedImages;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.Extent;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Folders whose images each have a size of their own. PNG: no decoder's choice has a part. */
class MixedSizesTest {
  private static final int CLASSES = 5;
  private static final Shape INPUT = Shape.of(9, 7, 3);

  /** The numerics contract: what {@link #recipes} come to. */
  private static final List<String> HASHES =
      List.of(
          "b4b086d8f4ebe263130e43f1d73b64a716dc5add2084e2f7b634432444c74a85",
          "28843a376a9eb0e29406f3ac7c547a8885de7ea23a385b01f28e779125e0c7d7",
          "4da1929aa4a0a406c770d9a06d6cf99b11742d35b7c654da987c8b8314501276",
          "0a2cb25552daa8f45dc34a6fbd26fb16f005fcabc04a37a564bc74c145fd5e67");

  @TempDir Path folder;
  private final LocalFiles files = new LocalFiles();

  @BeforeEach
  void write() throws IOException {
    for (int i = 0; i < 40; i++) {
      Path path = folder.resolve("train/class-%s/%s.png".formatted(i % CLASSES, 10 + i));
      Files.createDirectories(path.getParent());
      BufferedImage image =
          EncodedImages.pattern(5 + 3 * i % 17, 6 + i * i % 19, BufferedImage.TYPE_3BYTE_BGR);
      image.getRaster().setSample(i % 6, i % 5, i % 3, 255);
      Files.write(path, EncodedImages.encode(image, "png"));
    }
  }

  private static DataOptions sized(Integer resizeShorter, boolean stretch) {
    return new DataOptions(new Folders(), null, null)
        .withSize(new Extent(9, 7), resizeShorter, stretch, null);
  }

  private static Recipe recipe(DataOptions data, Augmentation augmentation) {
    return Trainings.averagedAndClipped().toBuilder().data(data).augmentation(augmentation).build();
  }

  /** Every way to bring a training image to its size. */
  private static List<Recipe> recipes() {
    return List.of(
        recipe(sized(null, false), Augmentation.NONE),
        recipe(sized(null, true), new Augmentation(2, true)),
        recipe(sized(12, false), new Augmentation(0, true).withResizedCrop(ResizedCrop.STANDARD)),
        recipe(sized(9, false), new Augmentation(0, false).withResizeShorter(11)));
  }

  private SampleSource open(Recipe recipe) {
    return recipe.data().training(files, folder.toString(), 3).open(files);
  }

  /** The same images, decoded beforehand. */
  private record Decoded(SampleSource files, List<Pixels> images, boolean inMemory)
      implements IndexedSource {
    static Decoded of(SampleSource files, boolean inMemory) {
      List<Pixels> images = new ArrayList<>();
      for (int row = 0; row < files.size(); row++) {
        images.add(new Pixels());
        try (SampleWindow window = files.open(new int[] {row})) {
          window.read(row, Framing.STORED, images.get(row));
        }
      }
      return new Decoded(files, images, inMemory);
    }

    @Override
    public boolean isDecoded(int index) {
      return inMemory;
    }

    @Override
    public int size() {
      return images.size();
    }

    @Override
    public int channels() {
      return files.channels();
    }

    @Override
    public Optional<Shape> commonShape() {
      return Optional.empty();
    }

    @Override
    public List<String> classes() {
      return files.classes();
    }

    @Override
    public Target target(int index) {
      return ((IndexedSource) files).target(index);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      Pixels stored = images.get(index);
      int bytes = stored.shape().elements();
      System.arraycopy(stored.bytes(), 0, into.room(stored.shape()), 0, bytes);
      into.frame(framing);
    }

    @Override
    public String fingerprint() {
      return files.fingerprint();
    }

    @Override
    public void close() {
      files.close();
    }
  }

  private static String trained(Recipe recipe, SampleSource source, int threads) {
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, source, KernelProvider.kernels(), threads)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.state().weightsSha256();
    }
  }

  @Test
  void neitherReadersNorMemoryHaveAPartInTheWeights() {
    List<String> hashes = new ArrayList<>();
    for (Recipe recipe : recipes()) {
      try (SampleSource source = open(recipe)) {
        assertEquals(Optional.empty(), source.commonShape());
        String expected = trained(recipe, source, 1);
        assertEquals(expected, trained(recipe, source, 3));
        assertEquals(expected, trained(recipe, Decoded.of(source, true), 2));
        hashes.add(expected);
      }
    }
    assertEquals(HASHES, hashes);
  }

  @Test
  void aResumeInTheMiddleOfAnEpochChangesNothing() {
    Recipe recipe = recipes().get(2);
    try (SampleSource source = open(recipe);
        SampleSource again = open(recipe)) {
      TrainingState half;
      try (LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 2)) {
        trainer.train(6, report -> {});
        half = trainer.state();
      }
      try (LocalTrainer trainer =
          new LocalTrainer(recipe, again, KernelProvider.kernels(), 1, half)) {
        trainer.train(trainer.totalSteps(), report -> {});
        assertEquals(trained(recipe, source, 1), trainer.state().weightsSha256());
      }
    }
  }

  @Test
  void evaluationIsTheSameForAnyNumberOfRanks() {
    Recipe recipe = recipes().get(2);
    try (SampleSource source = open(recipe)) {
      TrainingState state = LocalTrainer.initialState(recipe);
      SortedMap<Integer, Evaluator.Result> alone = evaluated(recipe, source, state, 1);
      assertEquals(alone, evaluated(recipe, source, state, 2));
      assertEquals(alone, evaluated(recipe, source, state, 3));
      assertEquals(40, alone.values().stream().mapToLong(Evaluator.Result::samples).sum());
      Recipe plain = recipe.toBuilder().augmentation(Augmentation.NONE).build();
      assertEquals(alone, evaluated(plain, source, state, 1), "evaluation is not augmented");
      Recipe stretched = recipe(sized(null, true), Augmentation.NONE);
      assertNotEquals(alone, evaluated(stretched, source, state, 1));
    }
  }

  private static SortedMap<Integer, Evaluator.Result> evaluated(
      Recipe recipe, SampleSource source, TrainingState state, int ranks) {
    SampleLoader loader =
        new SampleLoader(
            source,
            INPUT,
            recipe.data().resizing(),
            Standardization.of(source, recipe.data().evaluation()),
            recipe.augmentation(),
            recipe.seed());
    SortedMap<Integer, Evaluator.Result> all = new TreeMap<>();
    for (int rank = 0; rank < ranks; rank++) {
      try (WorkPool pool = new WorkPool(rank + 1);
          Evaluator evaluator =
              new Evaluator(
                  recipe.network(),
                  recipe.conv(),
                  state.weights(),
                  loader,
                  rank,
                  ranks,
                  KernelProvider.kernels(),
                  pool)) {
        all.putAll(evaluator.blocks());
      }
    }
    return all;
  }

  /** Stretched, each image counts alike, whatever its size. */
  @Test
  void statisticsAreThoseOfImagesAsEvaluationSeesThem() {
    Recipe recipe = recipe(sized(null, true), Augmentation.NONE);
    try (SampleSource source = open(recipe)) {
      long[] sums = new long[3];
      Pixels pixels = new Pixels();
      try (SampleWindow window = source.open(new int[] {0, 1, 2, 3, 4})) {
        for (int row = 0; row < source.size(); row++) {
          window.read(row, recipe.data().evaluation(), pixels);
          assertEquals(INPUT, pixels.shape());
          for (int i = 0; i < INPUT.elements(); i++) {
            sums[i % 3] += pixels.bytes()[i] & 0xFF;
          }
        }
      }
      float[] mean = Standardization.of(source, recipe.data().evaluation()).mean();
      for (int channel = 0; channel < 3; channel++) {
        assertEquals((float) (sums[channel] / (255.0 * 40 * 9 * 7)), mean[channel]);
      }
    }
  }

  @Test
  void withoutASizeTwoImagesAreNamed() {
    DataOptions plain = new DataOptions(new Folders(), null, null);
    Recipe recipe = recipe(plain, Augmentation.NONE);
    try (SampleSource source = open(recipe)) {
      ConvoyException error = assertThrows(ConvoyException.class, source::fingerprint);
      String train = folder + "/train/class-0/";
      assertTrue(error.getMessage().startsWith(train + "15.png: "), error.getMessage());
      assertTrue(
          error
              .getMessage()
              .endsWith(
                  "every image must have the same size: this one is 20x12 pixels (height x width), "
                      + train
                      + "10.png is 5x6; set data.size in the recipe, which has images brought to a"
                      + " size, or scale them"),
          error.getMessage());
    }
  }

  /** Images are brought to the network's input, whether or not a recipe says its size again. */
  @Test
  void theSizeIsThatOfTheInput() {
    DataOptions plain = new DataOptions(new Folders(), null, null);
    Augmentation crop = Augmentation.NONE.withResizedCrop(ResizedCrop.STANDARD);
    assertEquals(recipe(sized(null, false), crop), recipe(plain, crop));
    assertEquals(
        recipe(sized(null, true), Augmentation.NONE),
        recipe(plain.withSize(null, null, true, null), Augmentation.NONE));
    Recipe stored = recipe(plain, Augmentation.NONE);
    assertSame(stored, stored.forImagesOf(Optional.of(INPUT)));
    Recipe brought = recipe(sized(null, false), Augmentation.NONE);
    assertEquals(brought, stored.forImagesOf(Optional.empty()));
    assertEquals(brought, stored.forImagesOf(Optional.of(Shape.of(9, 8, 3))));
    assertSame(brought, brought.forImagesOf(Optional.empty()));
  }

  @Test
  void contradictionsAreRefused() {
    assertEquals(
        "data.size must be that of the network's input: it is 9x9, network.input 9x7x3 (height x"
            + " width x channels): change one of them",
        refused(() -> recipe(square(9, null, false), Augmentation.NONE)));
    assertEquals(
        "data.stretch resizes all of an image, data.resizeShorter=9 its shorter side before the"
            + " middle is cut out: give one of them",
        refused(() -> sized(9, true)));
    refused(() -> sized(8, false));
    refused(() -> square(0, null, false));
    refused(() -> recipe(sized(9, false), new Augmentation(0, false).withResizeShorter(8)));
  }

  private static DataOptions square(int size, Integer resizeShorter, boolean stretch) {
    return new DataOptions(new Folders(), null, null)
        .withSize(Extent.square(size), resizeShorter, stretch, null);
  }

  private static String refused(Executable contradiction) {
    return assertThrows(ConvoyException.class, contradiction).getMessage();
  }
}
