package io.convoy.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Softmax;
import io.convoy.json.Json;
import io.convoy.loss.Criterion;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationCounterTest {
  /** Samples, classes, mistakes kept. */
  @ParameterizedTest
  @CsvSource({"1,1,3", "13,2,5", "207,7,20", "611,5,1", "1000,41,0", "700,1000,20"})
  void whoCountsWhatAndInWhichOrderChangesNothing(int samples, int classes, int kept) {
    Scores scores = Scores.of(samples, samples, classes).spoilt();
    byte[] all = Json.bytes(scores.counts(kept));
    for (int parts : new int[] {1, 2, 3, 8}) {
      int[] shuffled = Numbers.permutation(parts, samples);
      List<EvaluationCounts> counted =
          IntStream.range(0, parts)
              .mapToObj(
                  part -> {
                    int from = samples * part / parts;
                    int until = samples * (part + 1) / parts;
                    return scores.counts(kept, Arrays.copyOfRange(shuffled, from, until));
                  })
              .map(EvaluationCounterTest::travelled)
              .toList();
      assertArrayEquals(all, Json.bytes(foldFromTheLeft(counted)), parts + " parts");
      assertArrayEquals(all, Json.bytes(foldFromTheRight(counted)), parts + " parts, backwards");
    }
  }

  private static EvaluationCounts travelled(EvaluationCounts counts) {
    EvaluationCounts read = Json.read(Json.bytes(counts), EvaluationCounts.class, "counts");
    assertEquals(counts, read);
    return read;
  }

  private static EvaluationCounts foldFromTheLeft(List<EvaluationCounts> counts) {
    EvaluationCounts sum = counts.get(0);
    for (EvaluationCounts next : counts.subList(1, counts.size())) {
      sum = sum.plus(next);
    }
    return sum;
  }

  private static EvaluationCounts foldFromTheRight(List<EvaluationCounts> counts) {
    EvaluationCounts sum = counts.get(counts.size() - 1);
    for (int i = counts.size() - 2; i >= 0; i--) {
      sum = sum.plus(counts.get(i));
    }
    return sum;
  }

  /** As the evaluator of a training counts: ties, NaN and infinities included. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 207})
  void correctIsWhatTheLossCountsAsCorrect(int classes) {
    Scores scores = Scores.of(3, 400, classes).spoilt();
    for (int n = 0; n < scores.samples(); n++) {
      Criterion criterion = criterion(scores, n);
      String place = "%s of class %s".formatted(Arrays.toString(scores.logits()[n]), n);
      assertEquals((long) criterion.figure(0), scores.counts(0, n).correct(), place);
      long predicted = scores.counts(0, n).predicted();
      assertEquals(Double.isFinite(criterion.loss()) ? 1 : 0, predicted, place);
    }
  }

  /** The loss of a training is computed in fp32: each sum of exponentials, and its logarithm. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 207, 1000})
  void theLossIsThatOfTheCriterion(int classes) {
    Scores scores = Scores.of(5, 400, classes);
    double sum = 0;
    for (int n = 0; n < scores.samples(); n++) {
      sum += criterion(scores, n).loss();
    }
    double mean = scores.counts(0).loss().mean(scores.samples());
    double rounding = 0x1p-24 * (classes / 16.0 + 12); // of a sum in 16 lanes, exp and log
    assertEquals(sum / scores.samples(), mean, rounding);
    assertTrue(mean > 0.01, () -> "no loss to compare: " + mean);
  }

  private static Criterion criterion(Scores scores, int sample) {
    Shape shape = Shape.of(scores.classes());
    Tensor logits = Tensor.of(1, shape);
    GradientCheck.fill(logits, 1, scores.logits()[sample]);
    Criterion criterion = SoftmaxCrossEntropy.PLAIN.criterion(shape);
    Target[] targets = {new ClassLabel(scores.labels()[sample])};
    criterion.compute(logits, 0, 1, targets, null);
    return criterion;
  }

  /** All but the loss is what it is from logits; that has rounding of its own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 41})
  void probabilitiesCountAsTheirLogits(int classes) {
    Scores scores = Scores.of(11, 300, classes);
    EvaluationCounter counter = new EvaluationCounter(classes, 9);
    for (int n = 0; n < scores.samples(); n++) {
      counter.count(n, Softmax.probabilities(scores.logits()[n]), scores.labels()[n]);
    }
    EvaluationCounts expected = scores.counts(9);
    EvaluationCounts found = counter.counts();
    assertEquals(expected.confusion(), found.confusion());
    assertEquals(expected.topFive(), found.topFive());
    assertEquals(expected.bins(), found.bins());
    assertEquals(expected.mistakes(), found.mistakes());
    assertEquals(expected.loss().mean(300), found.loss().mean(300), 1e-12);
  }

  @Test
  void aProbabilityOfNoneAndOneThatIsNoNumber() {
    EvaluationCounter counter = new EvaluationCounter(3);
    counter.count(0, new double[] {0, 1, 0}, 0);
    assertEquals(-StrictMath.log(Double.MIN_VALUE), counter.counts().loss().mean(1), 1e-12);
    assertEquals(744.44, counter.counts().loss().mean(1), 0.01);
    counter.count(1, new double[] {0, 1 + 0x1p-52, 0}, 1); // rounding
    counter.count(2, new double[] {Double.NaN, Double.NaN, Double.NaN}, 2);
    assertEquals(Map.of(2, 1L), counter.counts().nonFinite());
    assertEquals(1, counter.counts().correct());
    assertThrows(IllegalArgumentException.class, () -> counter.count(3, new double[2], 0));
    assertThrows(IllegalArgumentException.class, () -> counter.count(3, new double[3], 3));
  }

  @Test
  void whatIsNoFiniteNumberIsCountedApart() {
    EvaluationCounter counter = new EvaluationCounter(3);
    float infinity = Float.POSITIVE_INFINITY;
    counter.count(0, new float[] {5, Float.NaN, 0}, 0);
    counter.count(1, new float[] {Float.NaN, 5, 0}, 0);
    counter.count(2, new float[] {0, infinity, 0}, 1);
    counter.count(3, new float[] {-infinity, 1, 0}, 0); // infinitely wrong
    counter.count(4, new float[] {-infinity, 1, 0}, 1); // its own logit is finite
    counter.count(5, new float[] {-infinity, -infinity, -infinity}, 2);
    EvaluationCounts counts = counter.counts();
    assertEquals(Map.of(0, 3L, 1, 1L, 2, 1L), counts.nonFinite());
    assertEquals(List.of(new ConfusionCell(1, 1, 1)), counts.confusion());
    assertEquals(6, counts.samples());
    assertEquals(1, counts.correct());
    assertEquals(List.of(), counts.mistakes());
  }

  /** The largest losses there are neither overflow nor push out the small ones. */
  @Test
  void lossesOfAllSizesAreAddedExactly() {
    LossSums large = LossSums.of(6.8e38);
    LossSums small = LossSums.of(0.25);
    assertEquals(
        0.25,
        LossSums.ZERO.plus(large).plus(small).sum().subtract(large.sum()).doubleValue() * 0x1p-64);
    assertEquals(6.8e38, large.mean(1));
    assertEquals(0x1p-62, LossSums.of(0x1p-60).mean(4));
    assertEquals(0, large.plus(large).plus(large).deviation(3));
  }

  /** As many as there may be fit into a bin. */
  @Test
  void aBinHoldsAllSamplesThatASetCanHave() {
    ConfidenceBin sure = ConfidenceBin.of(1, true);
    ConfidenceBin bin = sure;
    long images = 1;
    while (images < Integer.MAX_VALUE) {
      bin = bin.plus(bin).plus(sure);
      images = 2 * images + 1;
    }
    assertEquals(Integer.MAX_VALUE, bin.images());
    assertEquals(1, bin.meanConfidence());
    assertEquals(0, bin.gap());
  }

  @Test
  void aConfidenceBelongsToTheBinThatItEnds() {
    assertEquals(0, ConfidenceBin.index(1e-9));
    assertEquals(2, ConfidenceBin.index(0.2));
    assertEquals(4, ConfidenceBin.index(1 / 3.0));
    assertEquals(5, ConfidenceBin.index(Math.nextUp(1 / 3.0) + 1e-15));
    assertEquals(7, ConfidenceBin.index(0.5));
    assertEquals(14, ConfidenceBin.index(1));
  }

  @Test
  void wrongCallsAreRefused() {
    EvaluationCounter counter = new EvaluationCounter(3);
    assertRefused(
        "sample 7: 2 logits and label 1, for 3 classes", () -> counter.count(7, new float[2], 1));
    assertRefused(
        "sample 7: 3 logits and label 3, for 3 classes", () -> counter.count(7, new float[3], 3));
    assertRefused(
        "sample 7: 3 logits and label -1, for 3 classes", () -> counter.count(7, new float[3], -1));
    assertRefused(
        "counts of 3 and 4 classes, which keep 64 and 64 mistakes, have no sum",
        () -> counter.counts().plus(new EvaluationCounter(4).counts()));
    assertRefused(
        "counts of 3 and 3 classes, which keep 64 and 5 mistakes, have no sum",
        () -> counter.counts().plus(new EvaluationCounter(3, 5).counts()));
    assertRefused(
        "counts are of a class at least, and keep 0 mistakes or more: got 0, 64",
        () -> new EvaluationCounter(0));
    assertRefused(
        "counts are of a class at least, and keep 0 mistakes or more: got 2, -1",
        () -> new EvaluationCounter(2, -1));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  /** What a task sends is checked when it is read. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[0,0,2]] | [[0,0,-2]] | a cell is of two classes",
        "[[0,0,2]] | [[0,9,2]] | is of no class; there are 2",
        "[[0,0,2]] | [[0,0,1],[0,0,1]] | cells stand row by row",
        "[[0,0,2]] | [[0,0,3]] | all images predicted are in a bin",
        "'\"topFive\":2' | '\"topFive\":3' | all images predicted are in a bin",
        "'\"nonFinite\":{\"1\":1}' | '\"nonFinite\":{\"2\":1}' | class 2 with 1 images is none",
        "'\"keptMistakes\":64' | '\"keptMistakes\":-1' | keep 0 mistakes or more",
        "'\"correct\":2' | '\"correct\":4' | a bin has 0 to all of its images correct",
      })
  void countsThatCannotBeAreRefused(String good, String bad, String message) {
    EvaluationCounter counter = new EvaluationCounter(2);
    counter.count(0, new float[] {1, 0}, 0);
    counter.count(1, new float[] {1, 0}, 0);
    counter.count(2, new float[] {1, Float.NaN}, 1);
    String json = Json.text(counter.counts());
    assertTrue(json.contains(good), json);
    byte[] changed = json.replace(good, bad).getBytes(StandardCharsets.UTF_8);
    Throwable error =
        assertThrows(
            ConvoyException.class,
            () -> Json.read(changed, EvaluationCounts.class, "a task's counts"));
    while (error.getCause() != null) {
      error = error.getCause();
    }
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }
}
