package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.convoy.data.IndexedSource;
import io.convoy.data.RowGroups;
import io.convoy.data.SampleSource;
import io.convoy.data.StreamedSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Cutmix;
import io.convoy.data.augment.Mixup;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.transform.Noise;
import io.convoy.data.transform.RandAugment;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Constant;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weights follow from what a set holds and how its rows lie, not from how they are read. */
class StreamedTrainingTest {
  private static final RowGroups GROUPS = RowGroups.of(new int[] {9, 1, 14, 5, 11}, 4);
  private static final BarImages IMAGES = BarImages.colour(40);

  /** The images one by one, decoded in memory or not, in these groups. */
  private record Indexed(RowGroups rowGroups, boolean inMemory) implements IndexedSource {
    @Override
    public boolean isDecoded(int index) {
      return inMemory;
    }

    @Override
    public Optional<Shape> commonShape() {
      return IMAGES.commonShape();
    }

    @Override
    public List<String> classes() {
      return IMAGES.classes();
    }

    @Override
    public Target target(int index) {
      return IMAGES.target(index);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      IMAGES.read(index, framing, into);
    }

    @Override
    public String fingerprint() {
      return "indexed";
    }

    @Override
    public void close() {}
  }

  private static Recipe recipe() {
    return Trainings.averagedAndClipped();
  }

  private static String trained(Recipe recipe, SampleSource source, int threads) {
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, source, KernelProvider.kernels(), threads)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.state().weightsSha256();
    }
  }

  @Test
  void readingAheadChangesNoBit() {
    String expected = Trainings.train(recipe(), 1).weightsSha256();
    for (int threads = 1; threads <= 3; threads++) {
      Indexed distant = new Indexed(RowGroups.single(40), false);
      assertEquals(expected, trained(recipe(), distant, threads));
    }
  }

  @Test
  void aStreamTrainsAsTheSameRowsInMemory() {
    String expected = trained(recipe(), new Indexed(GROUPS, true), 1);
    assertNotEquals(Trainings.train(recipe(), 1).weightsSha256(), expected);
    for (int threads = 1; threads <= 3; threads++) {
      StreamedSource streamed = new StreamedSource(IMAGES, GROUPS);
      assertEquals(expected, trained(recipe(), streamed, threads));
      assertEquals(0, streamed.openWindows());
    }
  }

  @Test
  void soItDoesWithoutWhatIsHeldBack() {
    Recipe recipe = recipe().toBuilder().validation(new ValidationOptions(0.2, null)).build();
    String expected = trained(recipe, new Indexed(GROUPS, true), 1);
    assertEquals(expected, trained(recipe, new StreamedSource(IMAGES, GROUPS), 2));
  }

  @Test
  void itGoesOnInTheMiddleOfAnEpoch() {
    Recipe recipe = recipe();
    String expected = trained(recipe, new Indexed(GROUPS, true), 1);
    goesOnInTheMiddle(recipe, expected);
  }

  private static void goesOnInTheMiddle(Recipe recipe, String expected) {
    StreamedSource streamed = new StreamedSource(IMAGES, GROUPS);
    TrainingState half;
    try (LocalTrainer trainer = new LocalTrainer(recipe, streamed, KernelProvider.kernels(), 2)) {
      trainer.train(6, report -> {});
      half = trainer.state();
    }
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, streamed, KernelProvider.kernels(), 1, half)) {
      trainer.train(trainer.totalSteps(), report -> {});
      assertEquals(expected, trainer.state().weightsSha256());
    }
  }

  /** Partners are of the shard, so who reads them, and when, has no part in them. */
  @Test
  void mixedAndTransformedImagesAreTheSameHoweverTheyAreRead() {
    Recipe recipe = mixedRecipe();
    String expected = trained(recipe, new Indexed(GROUPS, true), 1);
    assertNotEquals(trained(recipe(), new Indexed(GROUPS, true), 1), expected);
    for (int threads = 1; threads <= 3; threads++) {
      assertEquals(expected, trained(recipe, new Indexed(GROUPS, true), threads));
      assertEquals(expected, trained(recipe, new Indexed(GROUPS, false), threads));
      assertEquals(expected, trained(recipe, new StreamedSource(IMAGES, GROUPS), threads));
    }
    goesOnInTheMiddle(recipe, expected);
  }

  private static Recipe mixedRecipe() {
    return recipe().toBuilder()
        .augmentation(
            new Augmentation(2, true)
                .withSteps(new RandAugment(2, 9, List.of(0)), new Noise(5, 0.5))
                .withMixing(new Mixup(0.4, 1), new Cutmix(1, 0.9)))
        .build();
  }

  /** Golden: to be changed only together with {@link Numerics#VERSION}. */
  @Test
  @Tag("golden")
  void theWeightsOfMixedImagesAreFixed() {
    assertEquals(4, Numerics.VERSION);
    assertEquals(
        "68cc976f70f643414b5eb138e1c1e6d54329c9739cd4ea0738c47c6269f05304",
        trained(mixedRecipe(), IMAGES, 2));
  }

  /** Who has no partner stays as it is: every shard here is a single sample. */
  @Test
  void aShardOfOneSampleIsNotMixed() {
    Recipe alone =
        Trainings.recipe(
            Trainings.withoutNorm(), Trainings.MOMENTUM, new Constant(0.02, 0), 1, 1, 1);
    Recipe mixing =
        alone.toBuilder()
            .augmentation(alone.augmentation().withMixing(new Mixup(0.4, 1), new Cutmix(1, 1)))
            .build();
    String expected = trained(alone, IMAGES, 1);
    assertEquals(expected, trained(mixing, IMAGES, 2));
    assertEquals(expected, trained(mixing, new Indexed(RowGroups.single(40), false), 2));
  }

  @Test
  void evaluationReadsItToo() {
    TrainingState state = Trainings.train(recipe(), 1);
    Evaluator.Result expected = evaluated(state, IMAGES);
    assertEquals(40, expected.samples());
    StreamedSource streamed = new StreamedSource(IMAGES, GROUPS);
    // a block is a window, whatever the groups: blocks of 64 hold all of these
    assertEquals(expected, evaluated(state, streamed));
    assertEquals(0, streamed.openWindows());
    assertEquals(Standardization.of(IMAGES), Standardization.of(streamed));
  }

  private static Evaluator.Result evaluated(TrainingState state, SampleSource source) {
    return Trainings.evaluate(recipe(), Standardization.of(IMAGES), state, source, 2);
  }
}
