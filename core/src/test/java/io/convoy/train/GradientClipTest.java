package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.Recipe;
import io.convoy.reference.Numbers;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of clipping, by hand and against exact sums. */
class GradientClipTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static float[] clipped(Float value, Float norm, float... gradient) {
    GradientClip clip = new GradientClip(new ClipOptions(value, norm));
    float[] result = gradient.clone();
    clip.limitValues(result, result.length);
    if (clip.byNorm()) {
      clip.combine(new double[] {SquareSums.of(result, 0, result.length)}, 1, 1);
      clip.limitNorm(result, result.length);
    }
    return result;
  }

  @Test
  void valuesByHand() {
    assertArrayEquals(
        new float[] {-0.5f, -0.25f, 0, 0.5f, 0.5f},
        clipped(0.5f, null, -3f, -0.25f, 0, 0.5f, Float.POSITIVE_INFINITY));
  }

  @Test
  void normByHand() {
    assertArrayEquals(new float[] {0.6f, -0.8f}, clipped(null, 1f, 3f, -4f), 1e-7f);
    assertArrayEquals(new float[] {3f, -4f}, clipped(null, 5f, 3f, -4f)); // at the limit: as it is
  }

  @Test
  void valuesComeBeforeTheNorm() {
    // (3, -9) becomes (3, -4), and its norm 5 becomes 1; the other way round nothing would be at 4
    assertArrayEquals(new float[] {0.6f, -0.8f}, clipped(4f, 1f, 3f, -9f), 1e-7f);
  }

  @Test
  void theNormIsThatOfAllChunks() {
    GradientClip clip = new GradientClip(new ClipOptions(null, 2f));
    clip.combine(new double[] {1, 0, 15, 48}, 1, 1);
    assertEquals(8.0, clip.norm());
    float[] chunk = {1f, -2f};
    clip.limitNorm(chunk, 1);
    assertArrayEquals(new float[] {0.25f, -2f}, chunk, "a chunk ends where its length says");
  }

  @Test
  void withoutOptionsNothingHappens() {
    GradientClip clip = new GradientClip(null);
    float[] gradient = {1e30f, Float.NaN};
    clip.limitValues(gradient, 2);
    assertArrayEquals(new float[] {1e30f, Float.NaN}, gradient);
    assertFalse(clip.byNorm());
    assertFalse(new GradientClip(new ClipOptions(1f, null)).byNorm());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13, 15, 16, 17, 31, 33, 207, 4098, 8192})
  void squaresAreThoseOfTheExactSum(int length) {
    float[] gradient = Numbers.array(3, length + 5); // what lies behind the length does not count
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < length; i++) {
      BigDecimal element = new BigDecimal(gradient[i]);
      exact = exact.add(element.multiply(element));
    }
    double sum = SquareSums.of(gradient, 0, length);
    assertEquals(exact.doubleValue(), sum, 1e-14 * exact.doubleValue());
  }

  /** The contract's order, element by element: lane i mod 16, then halves onto halves. */
  @ParameterizedTest
  @ValueSource(ints = {1, 13, 16, 100, 8191})
  void squaresAreSummedInSixteenLanes(int length) {
    float[] gradient = Numbers.array(4, length);
    double[] lanes = new double[16];
    for (int i = 0; i < length; i++) {
      gradient[i] *= 1 << (i * 7 % 20); // so that every other order would round otherwise
      lanes[i % 16] += (double) gradient[i] * gradient[i];
    }
    double[] eight = new double[8];
    for (int i = 0; i < 8; i++) {
      eight[i] = lanes[i] + lanes[i + 8];
    }
    double expected =
        ((eight[0] + eight[4]) + (eight[2] + eight[6]))
            + ((eight[1] + eight[5]) + (eight[3] + eight[7]));
    assertEquals(expected, SquareSums.of(gradient, 0, length), 0);
  }

  @Test
  void theLargestFloatsDoNotOverflow() {
    float[] huge = {Float.MAX_VALUE, -Float.MAX_VALUE};
    float[] result = clipped(null, 1f, huge);
    assertArrayEquals(new float[] {(float) Math.sqrt(0.5), -(float) Math.sqrt(0.5)}, result, 1e-6f);
  }

  @Test
  void aNormThatIsNoNumberIsDivergence() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      GradientClip clip = new GradientClip(new ClipOptions(null, 1f));
      double[] figures = {1, SquareSums.of(new float[] {1, bad}, 0, 2), 2};
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> clip.combine(figures, 1, 7));
      assertEquals(ConvoyException.Kind.DIVERGED, error.kind());
      assertEquals(
          "step 7: the norm of the gradient is "
              + bad
              + ": start a new run with a lower learning rate or more warm-up",
          error.getMessage());
    }
    assertTrue(Float.isNaN(clipped(1f, null, Float.NaN)[0]), "a NaN is not hidden by a limit");
  }

  @Test
  void theKeysOfARecipe() throws Exception {
    assertEquals(new ClipOptions(0.5f, null), read("{\"value\": 0.5}"));
    assertEquals(new ClipOptions(null, 5f), read("{\"norm\": 5}"));
    assertEquals(new ClipOptions(0.5f, 5f), read("{\"norm\": 5, \"value\": 0.5}"));
    Recipe recipe =
        Trainings.standard(Trainings.ADAM).toBuilder().clip(new ClipOptions(null, 2f)).build();
    assertEquals(
        recipe.clip(), JSON.readValue(JSON.writeValueAsString(recipe), Recipe.class).clip());
  }

  private static ClipOptions read(String json) throws Exception {
    return JSON.readValue(json, ClipOptions.class);
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    check("clip.value must be above 0; got 0.0", () -> new ClipOptions(0f, null));
    check("clip.norm must be above 0; got -1.0", () -> new ClipOptions(1f, -1f));
    check("clip.norm must be above 0; got NaN", () -> new ClipOptions(null, Float.NaN));
    check("clip.norm must be above 0; got Infinity", () -> new ClipOptions(null, 1f / 0));
    check(
        "clip: give value (the limit of each element), norm (of all together), or both; got neither",
        () -> new ClipOptions(null, null));
  }

  private static void check(String message, Executable make) {
    assertEquals(message, assertThrows(ConvoyException.class, make).getMessage());
  }
}
