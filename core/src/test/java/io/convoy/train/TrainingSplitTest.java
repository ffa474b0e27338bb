package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.IndexedSource;
import io.convoy.data.ReadImages;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;
import io.convoy.reference.BarImages;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSplitTest {
  private static final Recipe PLAIN = Trainings.standard(Trainings.MOMENTUM);

  private static Recipe holding(Double share, Integer samples) {
    return PLAIN.toBuilder().validation(new ValidationOptions(share, samples)).build();
  }

  private static int[] validation(Recipe recipe, int size) {
    TrainingSplit split = TrainingSplit.of(recipe, BarImages.colour(size));
    return ((SampleSubset) split.validation()).indices();
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "40, 1", "40, 13", "101, 50", "997, 100", "997, 996"})
  void eachSampleIsInOnePartAndEachClassGivesItsShare(int size, int held) {
    SampleSource source = BarImages.colour(size);
    TrainingSplit split = TrainingSplit.of(holding(null, held), source);
    int[] validation = ((SampleSubset) split.validation()).indices();
    int[] training = ((SampleSubset) split.training()).indices();
    assertEquals(held, validation.length);
    int[] all = IntStream.concat(Arrays.stream(validation), Arrays.stream(training)).toArray();
    Arrays.sort(all);
    assertArrayEquals(IntStream.range(0, size).toArray(), all);
    for (int label = 0; label < 5; label++) {
      double share = (double) held * count(source, label) / size;
      double given = count(split.validation(), label);
      assertTrue(Math.abs(given - share) < 1, label + ": " + given + " of " + share);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "40, 3", "101, 7", "997, 10"})
  void eachSampleIsHeldBackByOneFoldAndClassesAreDealtOut(int size, int folds) {
    SampleSource source = BarImages.colour(size);
    int[] held = new int[size];
    for (int fold = 0; fold < folds; fold++) {
      TrainingSplit split = TrainingSplit.fold(source, fold, folds, 9);
      int[] validation = ((SampleSubset) split.validation()).indices();
      int[] training = ((SampleSubset) split.training()).indices();
      assertEquals(size, validation.length + training.length);
      assertTrue(validation.length == size / folds || validation.length == size / folds + 1);
      Arrays.stream(validation).forEach(sample -> held[sample]++);
      for (int label = 0; label < 5; label++) {
        long share = count(source, label) / folds;
        long given = count(split.validation(), label);
        assertTrue(given == share || given == share + 1, label + ": " + given + " of " + share);
      }
    }
    assertTrue(Arrays.stream(held).allMatch(times -> times == 1), () -> Arrays.toString(held));
  }

  @Test
  void foldsFollowFromTheSeedAlone() {
    SampleSource source = BarImages.colour(101);
    int[] one = ((SampleSubset) TrainingSplit.fold(source, 1, 4, 9).validation()).indices();
    int[] same = ((SampleSubset) TrainingSplit.fold(source, 1, 4, 9).validation()).indices();
    int[] other = ((SampleSubset) TrainingSplit.fold(source, 1, 4, 10).validation()).indices();
    assertArrayEquals(one, same);
    assertFalse(Arrays.equals(one, other));
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> TrainingSplit.fold(BarImages.colour(3), 0, 4, 9));
    assertEquals("each fold needs an image; got 4 folds for 3 images", error.getMessage());
  }

  /** A class that is trained on has an image to be learnt from. */
  @ParameterizedTest
  @CsvSource({"1, 15", "2, 10", "4, 18", "30, 15"})
  void noClassGivesItsOnlySample(int single, int held) {
    // single classes of one sample each, and two of ten
    int[] labels =
        IntStream.range(0, single + 20).map(i -> i < single ? i : single + i % 2).toArray();
    Labelled source = new Labelled(labels, single + 2);
    TrainingSplit split = TrainingSplit.of(holding(null, held), source);
    assertEquals(held, split.validation().size());
    for (int label = 0; label < single + 2; label++) {
      assertTrue(count(split.training(), label) > 0, "class " + label);
    }
  }

  /** Where each class keeps a sample by largest remainders alone, they alone decide. */
  @Test
  void otherSplitsAreThoseOfTheLargestRemainders() {
    int compared = 0;
    for (int seed = 1; seed <= 60; seed++) {
      RandomStream draws = new RandomStream(seed, Purpose.SPLIT);
      int classes = 2 + draws.below(6, 0);
      int[] labels = new int[20 + draws.below(80, 1)];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = i < classes ? i : draws.below(classes, 2 + i);
      }
      int held = 1 + draws.below(labels.length / 2, 1000);
      Labelled source = new Labelled(labels, classes);
      long[] quotas = largestRemainders(source, held);
      boolean keeps =
          IntStream.range(0, classes).allMatch(label -> quotas[label] < count(source, label));
      if (keeps) {
        SampleSource validation = TrainingSplit.of(holding(null, held), source).validation();
        for (int label = 0; label < classes; label++) {
          assertEquals(quotas[label], count(validation, label));
        }
        compared++;
      }
    }
    assertTrue(compared >= 30, compared + " compared");
  }

  private static long[] largestRemainders(Labelled source, int held) {
    int all = source.size();
    int classes = source.classes().size();
    long[] quotas = new long[classes];
    long left = held;
    for (int label = 0; label < classes; label++) {
      quotas[label] = held * count(source, label) / all;
      left -= quotas[label];
    }
    boolean[] given = new boolean[classes];
    for (; left > 0; left--) {
      int largest = -1;
      for (int label = 0; label < classes; label++) {
        boolean larger =
            !given[label]
                && (largest < 0
                    || held * count(source, label) % all > held * count(source, largest) % all);
        largest = larger ? label : largest;
      }
      given[largest] = true;
      quotas[largest]++;
    }
    return quotas;
  }

  @Test
  void whatWasFoundIsCounted() {
    SampleSource source = new Labelled(new int[] {0, 0, 0, 0, 2, 2, 2, 3, 3, 3}, 5);
    TrainingSplit split = TrainingSplit.of(holding(null, 2), source);
    SampleSource test = new Labelled(new int[] {0, 2}, 3);
    DataSummary found = DataSummary.of(source, split, test);
    assertEquals("8 training images, 2 for validation, 2 for test, 5 classes", found.line());
    assertEquals(
        List.of(
            "the training set has no image of classes \"1\", \"4\"",
            "the test set has no image of class \"3\""),
        found.notes());
    SampleSource few = new Labelled(new int[] {0, 1, 2}, 3);
    assertEquals(
        List.of(
            "validation holds back every image of classes \"0\", \"1\", of which nothing can be"
                + " learnt: hold back fewer"),
        DataSummary.of(few, TrainingSplit.of(holding(null, 2), few), null).notes());
    assertEquals(
        new DataSummary(40, 0, 0, 5, List.of()),
        DataSummary.of(BarImages.colour(40), new TrainingSplit(BarImages.colour(40), null), null));
  }

  /** Black pixels under given labels. */
  private record Labelled(int[] labels, int classCount) implements IndexedSource {
    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public Optional<Shape> commonShape() {
      return Optional.of(Shape.of(1, 1, 1));
    }

    @Override
    public List<String> classes() {
      return IntStream.range(0, classCount).mapToObj(Integer::toString).toList();
    }

    @Override
    public Target target(int index) {
      return new ClassLabel(labels[index]);
    }

    @Override
    public void read(int index, Framing framing, Pixels into) {
      into.room(Shape.of(1, 1, 1))[0] = 0;
      into.frame(framing);
    }

    @Override
    public String fingerprint() {
      return Arrays.toString(labels);
    }

    @Override
    public void close() {}
  }

  private static long count(SampleSource source, int label) {
    return IntStream.range(0, source.size()).filter(i -> source.label(i) == label).count();
  }

  /** The numerics contract: weights follow from which samples are trained on. */
  @Test
  void theSplitNeverChanges() {
    assertEquals(
        "[0, 3, 5, 8, 17, 19, 32, 39]", Arrays.toString(validation(holding(0.2, null), 40)));
  }

  @Test
  void theSplitFollowsTheSeedAlone() {
    assertArrayEquals(validation(holding(0.1, null), 997), validation(holding(null, 100), 997));
    Recipe other = holding(0.1, null).toBuilder().seed(2).build();
    assertFalse(Arrays.equals(validation(holding(0.1, null), 997), validation(other, 997)));
    Recipe otherwise = holding(0.1, null).toBuilder().batchSize(7).shards(2).epochs(9).build();
    assertArrayEquals(validation(holding(0.1, null), 997), validation(otherwise, 997));
  }

  @Test
  void aSubsetIsTheSourceUnderOtherIndices() {
    BarImages source = BarImages.colour(40);
    TrainingSplit split = TrainingSplit.of(holding(0.2, null), source);
    SampleSubset part = (SampleSubset) split.validation();
    for (int i = 0; i < part.size(); i++) {
      int index = part.indices()[i];
      assertArrayEquals(ReadImages.bytes(source, index), ReadImages.bytes(part, i));
      assertEquals(source.label(index), part.label(i));
      assertEquals(source.describe(index), part.describe(i));
    }
    assertEquals(source.classes(), part.classes());
    assertEquals(source.commonShape(), part.commonShape());
    assertNotEquals(part.fingerprint(), split.training().fingerprint());
    assertNotEquals(part.fingerprint(), source.fingerprint());
    SampleSource again = TrainingSplit.of(holding(0.2, null), source).validation();
    assertEquals(part.fingerprint(), again.fingerprint());
  }

  @Test
  void withoutValidationTheWholeSetIsTrainedOn() {
    TrainingSplit split = TrainingSplit.of(PLAIN, Trainings.IMAGES);
    assertSame(Trainings.IMAGES, split.training());
    assertNull(split.validation());
  }

  /** As if what is held back had never been there: order, steps, standardisation and weights. */
  @Test
  void trainingSeesTheRestAlone() {
    Recipe recipe = holding(0.2, null);
    SampleSource rest = TrainingSplit.of(recipe, Trainings.IMAGES).training();
    TrainingState expected;
    try (LocalTrainer trainer = new LocalTrainer(PLAIN, rest, KernelProvider.kernels(), 1)) {
      assertEquals(9, trainer.totalSteps()); // 32 samples in batches of 13, three epochs
      trainer.train(trainer.totalSteps(), report -> {});
      expected = trainer.state();
    }
    TrainingState split = Trainings.train(recipe, 2);
    assertEquals(expected.arraysSha256(), split.arraysSha256());
    Recipe measured = recipe.withStandardization(Standardization.of(rest));
    assertEquals(expected.arraysSha256(), Trainings.train(measured, 1).arraysSha256());
    assertNotEquals(expected.weightsSha256(), Trainings.train(PLAIN, 1).weightsSha256());
  }

  @Test
  void somethingMustBeLeftToTrainOn() {
    assertEquals(
        "validation.samples=40 must leave images to train on; it takes 40 of the training set's 40",
        assertThrows(ConvoyException.class, () -> validation(holding(null, 40), 40)).getMessage());
    assertEquals(
        "validation.share=0.9 must leave images to train on; it takes 2 of the training set's 2",
        assertThrows(ConvoyException.class, () -> validation(holding(0.9, null), 2)).getMessage());
    assertEquals(1, validation(holding(1e-9, null), 40).length);
  }

  private static Recipe seeded(long seed, int held, Long split) {
    return PLAIN.toBuilder()
        .seed(seed)
        .validation(new ValidationOptions(null, held, split))
        .build();
  }

  /** The split's seed alone decides: with it, recipes of any seed hold back the same. */
  @Test
  void theSplitMayHaveASeedOfItsOwn() {
    int[] own = validation(seeded(3, 30, null), 101);
    assertArrayEquals(own, validation(seeded(4, 30, 3L), 101));
    assertArrayEquals(own, validation(seeded(5, 30, 3L), 101));
    assertFalse(Arrays.equals(own, validation(seeded(4, 30, null), 101)));
  }

  @Test
  void whatAllHoldBackNoneHasSeen() {
    SampleSource source = BarImages.colour(101);
    List<Recipe> recipes = List.of(seeded(3, 30, null), seeded(4, 40, null), seeded(5, 50, null));
    int[] common = TrainingSplit.heldBackByAll(recipes, source);
    List<Integer> expected =
        IntStream.range(0, 101)
            .filter(
                i ->
                    recipes.stream()
                        .allMatch(
                            recipe ->
                                Arrays.stream(validation(recipe, 101)).anyMatch(held -> held == i)))
            .boxed()
            .toList();
    assertEquals(expected, Arrays.stream(common).boxed().toList());
    assertFalse(expected.isEmpty());
    Recipe one = seeded(9, 30, 3L);
    assertArrayEquals(
        validation(one, 101),
        TrainingSplit.heldBackByAll(List.of(one, seeded(3, 30, null)), source));
  }
}
