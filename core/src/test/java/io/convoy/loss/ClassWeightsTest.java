package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.error.ConvoyException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Supplier<ClassCounts> UNASKED = () -> fail("counts are not needed");

  /** Of samples that are of one class each. */
  private static ClassCounts counts(long... ofClass) {
    return new ClassCounts(LongStream.of(ofClass).sum(), LongStream.of(ofClass).boxed().toList());
  }

  /** By hand: 12 samples, three classes that occur, 6, 2 and 4 of them. */
  @Test
  void balancedWeightsHaveClassesCountAlike() {
    ClassWeights known =
        ClassWeights.known(ClassWeights.BALANCED, ClassWeights::alike, () -> counts(6, 2, 0, 4));
    assertEquals(ClassWeights.of(12 / 18f, 2, 0, 1), known);
  }

  /** By hand: of 12 samples 6 are of the first class, and 6 are not; 2 of the second, 10 not. */
  @Test
  void balancedPositivesWeighAsMuchAsTheOthers() {
    Supplier<ClassCounts> counts = () -> counts(6, 2, 0, 4);
    assertEquals(
        ClassWeights.of(1, 5, 1, 2),
        ClassWeights.known(ClassWeights.BALANCED, ClassWeights::oddsAgainst, counts));
    assertEquals(
        ClassWeights.of(1, 1),
        ClassWeights.known(ClassWeights.BALANCED, ClassWeights::oddsAgainst, () -> counts(0, 7)));
  }

  /**
   * By hand: of 10 samples 4 have the first label, all the second, none the third; some have both.
   */
  @Test
  void balancedPositivesGoByTheSamplesWhereTheseHaveSeveralLabels() {
    assertEquals(
        ClassWeights.of(1.5f, 1, 1),
        ClassWeights.known(
            ClassWeights.BALANCED,
            ClassWeights::oddsAgainst,
            () -> new ClassCounts(10, List.of(4L, 10L, 0L))));
  }

  @Test
  void lossesAskForCountsOnlyWhereTheyAreBalanced() {
    for (Loss loss :
        List.of(
            new SoftmaxCrossEntropy(0, ClassWeights.of(1, 2), 2),
            SoftmaxCrossEntropy.PLAIN,
            MultiClassHinge.PLAIN,
            new BinaryCrossEntropy(0, null),
            new MeanSquaredError(),
            new Huber(1))) {
      assertEquals(loss, loss.trainedOn(UNASKED));
    }
    Supplier<ClassCounts> counts = () -> counts(3, 1);
    assertEquals(
        new SoftmaxCrossEntropy(0.1f, ClassWeights.of(4 / 6f, 2), 2),
        new SoftmaxCrossEntropy(0.1f, ClassWeights.BALANCED, 2).trainedOn(counts));
    assertEquals(
        new MultiClassHinge(2, true, ClassWeights.of(4 / 6f, 2)),
        new MultiClassHinge(2, true, ClassWeights.BALANCED).trainedOn(counts));
    assertEquals(
        new BinaryCrossEntropy(0.1f, ClassWeights.of(1 / 3f, 3)),
        new BinaryCrossEntropy(0.1f, ClassWeights.BALANCED).trainedOn(counts));
  }

  @Test
  void jsonRoundTrip() throws Exception {
    assertSame(ClassWeights.BALANCED, JSON.readValue("\"balanced\"", ClassWeights.class));
    assertEquals(ClassWeights.of(1, 0, 0.5f), JSON.readValue("[1,0,0.5]", ClassWeights.class));
    assertEquals("\"balanced\"", JSON.writeValueAsString(ClassWeights.BALANCED));
    assertEquals("[1.0,0.0,0.5]", JSON.writeValueAsString(ClassWeights.of(1, 0, 0.5f)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"even\"", "3", "{\"a\":1}", "[1,\"2\"]", "[1,null]", "true"})
  void otherJsonIsRefused(String text) {
    JsonMappingException error =
        assertThrows(
            JsonMappingException.class, () -> JSON.readValue(text, ClassWeights.class), text);
    assertEquals(
        "expected balanced or a list of one number a class, such as [1, 2.5]; got " + text,
        error.getCause().getMessage());
  }

  @Test
  void rulesAreTold() {
    for (float[] wrong :
        List.of(
            new float[] {},
            new float[] {0, 0},
            new float[] {1, -1},
            new float[] {1, Float.NaN},
            new float[] {Float.POSITIVE_INFINITY, 1})) {
      ConvoyException error = assertThrows(ConvoyException.class, () -> ClassWeights.of(wrong));
      assertEquals(
          "weights of classes must be at least 0, and one of them above; got "
              + Arrays.toString(wrong),
          error.getMessage());
    }
  }
}
