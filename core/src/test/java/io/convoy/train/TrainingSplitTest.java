package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.augment.Standardization;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;
import io.convoy.reference.BarImages;
import java.util.Arrays;
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
    byte[] pixels = new byte[source.shape().elements()];
    byte[] expected = new byte[source.shape().elements()];
    for (int i = 0; i < part.size(); i++) {
      int index = part.indices()[i];
      part.read(i, pixels, 0);
      source.read(index, expected, 0);
      assertArrayEquals(expected, pixels);
      assertEquals(source.label(index), part.label(i));
      assertEquals(source.describe(index), part.describe(i));
    }
    assertEquals(source.classes(), part.classes());
    assertEquals(source.shape(), part.shape());
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
}
