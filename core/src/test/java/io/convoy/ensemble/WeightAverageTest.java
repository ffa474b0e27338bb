package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.error.ConvoyException.Kind;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WeightAverageTest {
  private static final StateLayout LAYOUT = network(3).layout();

  @Test
  void theMeanOfEqualStatesIsTheStateBitForBit() {
    float[] state = odd(1);
    for (double weight : new double[] {1, 0.1, 1.0 / 3, 7e-5, 12345.678}) {
      WeightAverage average = new WeightAverage(LAYOUT);
      for (int members = 1; members <= 50; members++) {
        average.add("m", state, weight * members);
        assertArrayEquals(bits(state), bits(average.mean()));
      }
    }
    WeightAverage plain = new WeightAverage(LAYOUT);
    for (int members = 1; members <= 50; members++) {
      plain.add("m", state);
      assertArrayEquals(bits(state), bits(plain.mean()));
      assertEquals(members, plain.members());
    }
  }

  @Test
  void itIsTheMeanRoundedOnce() {
    float[][] states = {odd(1), odd(2), odd(3)};
    double[] weights = {1, 0.5, 2.25};
    WeightAverage average = new WeightAverage(LAYOUT);
    for (int i = 0; i < 3; i++) {
      average.add("m" + i, states[i], weights[i]);
    }
    float[] mean = average.mean();
    for (int i = 0; i < mean.length; i++) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int m = 0; m < 3; m++) {
        sum = sum.add(new BigDecimal(states[m][i]).multiply(new BigDecimal(weights[m])));
      }
      double exact = sum.divide(new BigDecimal(3.75), MathContext.DECIMAL128).doubleValue();
      assertEquals((float) exact, mean[i], Math.ulp(mean[i]) / 1e3f, "number " + i);
    }
  }

  @Test
  void aTrialHasTheBitsOfWhatIsAddedThen() {
    WeightAverage average = new WeightAverage(LAYOUT);
    for (int i = 0; i < 7; i++) {
      float[] next = average.meanWith("m", odd(i));
      assertEquals(i, average.members());
      average.add("m", odd(i));
      assertArrayEquals(bits(next), bits(average.mean()));
    }
  }

  @Test
  void runningStatisticsAreAveragedAlikeAndNamed() {
    float[] one = new float[LAYOUT.length()];
    float[] two = new float[LAYOUT.length()];
    for (StateLayout.Entry entry : LAYOUT.entries()) {
      boolean measured = !entry.parameter().role().trained();
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        one[i] = measured ? 4 : 1;
        two[i] = measured ? 6 : 3;
      }
    }
    WeightAverage average = new WeightAverage(LAYOUT);
    average.add("one", one);
    average.add("two", two);
    float[] mean = average.mean();
    for (StateLayout.Entry entry : LAYOUT.entries()) {
      float expected = entry.name().startsWith("norm.running") ? 5 : 2;
      assertEquals(expected, mean[entry.offset()], entry.name());
    }
    assertTrue(WeightAverage.needsRefresh(LAYOUT));
    Network plain = Network.input(4).then("logits", Linear.of(2)).build();
    assertFalse(WeightAverage.needsRefresh(plain.layout()));
    assertEquals(8L * LAYOUT.length(), WeightAverage.bytes(LAYOUT));
  }

  @Test
  void membersOfOtherNetworksAreRefusedByWhatDiffers() {
    WeightAverage.requireSame("a", LAYOUT, "b", network(3).layout());
    assertEquals(
        "weights can only be averaged over members of one network: array 0 is conv.weight 3x2x3x3 in run a, and"
            + " conv.weight 4x2x3x3 in run b: average their outputs instead",
        differs(LAYOUT, network(4).layout()));
    StateLayout shorter = Network.input(6, 6, 2).then("conv", Conv2d.of(3, 3)).build().layout();
    assertTrue(differs(LAYOUT, shorter).contains("array 2 is norm.weight 3 in run a, and no more"));
    assertTrue(differs(shorter, LAYOUT).contains("array 2 is no more arrays in run a, and norm."));
  }

  @Test
  void numbersThatAreNoneAreRefusedAndNothingIsAdded() {
    WeightAverage average = new WeightAverage(LAYOUT);
    float[] state = odd(1);
    average.add("good", state);
    float[] bad = odd(2);
    int place = LAYOUT.entries().get(2).offset() + 1;
    bad[place] = Float.NaN;
    ConvoyException refused = assertThrows(ConvoyException.class, () -> average.add("step 7", bad));
    assertEquals(Kind.DATA, refused.kind());
    assertEquals(
        "step 7: number "
            + place
            + " of its weights, in norm.weight, is NaN: leave this member out",
        refused.getMessage());
    assertThrows(ConvoyException.class, () -> average.add("m", new float[3]));
    assertThrows(ConvoyException.class, () -> average.add("m", state, 0));
    assertThrows(ConvoyException.class, () -> average.add("m", state, Double.NaN));
    assertArrayEquals(bits(state), bits(average.mean()));
    assertThrows(IllegalStateException.class, () -> new WeightAverage(LAYOUT).mean());
  }

  private static String differs(StateLayout one, StateLayout other) {
    return assertThrows(
            ConvoyException.class, () -> WeightAverage.requireSame("run a", one, "run b", other))
        .getMessage();
  }

  private static Network network(int channels) {
    return Network.input(6, 6, 2)
        .then("conv", Conv2d.of(channels, 3))
        .then("norm", BatchNorm2d.standard())
        .then("flatten", new Flatten())
        .then("logits", Linear.of(5))
        .build();
  }

  /** Numbers of all sizes, among them those at which a sum may slip. */
  private static float[] odd(long seed) {
    Random random = new Random(seed);
    float[] state = new float[LAYOUT.length()];
    for (int i = 0; i < state.length; i++) {
      state[i] = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(40) - 20));
    }
    float[] special = {-0f, 0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0x1p-127f};
    System.arraycopy(special, 0, state, 0, special.length);
    return state;
  }

  private static int[] bits(float[] state) {
    return IntStream.range(0, state.length).map(i -> Float.floatToRawIntBits(state[i])).toArray();
  }
}
