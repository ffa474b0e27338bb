package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GreedySoupTest {
  private static final StateLayout LAYOUT =
      Network.input(4).then("logits", Linear.of(3)).build().layout();

  /** The better, the nearer to a point; in hundredths, so that some are equal. */
  private static final ToDoubleFunction<float[]> NEARNESS =
      state -> {
        double distance = 0;
        for (float one : state) {
          distance += Math.abs(one - 1);
        }
        return Math.round(100 * Math.max(0, 1 - distance / 50)) / 100.0;
      };

  @Test
  void membersAreThoseOfAPlainSearch() {
    for (int seed = 0; seed < 20; seed++) {
      float[][] states = states(seed, 6);
      List<ValidationScore> alone = scores(states);
      GreedySoup soup = GreedySoup.make(LAYOUT, alone, i -> states[i], NEARNESS);
      List<Integer> expected = plain(states, alone);
      assertEquals(expected, soup.members(), "seed " + seed);
      assertArrayEquals(mean(states, expected), soup.state());
      assertEquals(NEARNESS.applyAsDouble(soup.state()), soup.accuracy());
      assertEquals(6, soup.trials().size());
    }
  }

  @Test
  void eachMemberIsReadOnceInTheOrderOfAccuracyThenLoss() {
    List<Integer> read = new ArrayList<>();
    List<ValidationScore> alone =
        List.of(
            new ValidationScore(0.5, 1),
            new ValidationScore(0.9, 2),
            new ValidationScore(0.9, 1),
            new ValidationScore(0.99, Double.NaN),
            new ValidationScore(0.5, 1));
    GreedySoup soup =
        GreedySoup.make(
            LAYOUT,
            alone,
            member -> {
              read.add(member);
              return states(1, 5)[member];
            },
            state -> 0.9);
    assertEquals(List.of(2, 1, 0, 4), read);
    assertEquals(List.of(2, 1, 0, 4), soup.members());
    GreedySoup alwaysWorse = GreedySoup.make(LAYOUT, alone, i -> states(1, 5)[i], state -> 0.89);
    assertEquals(List.of(2), alwaysWorse.members());
    assertArrayEquals(states(1, 5)[2], alwaysWorse.state());
    assertEquals(0.9, alwaysWorse.accuracy());
    assertEquals(new GreedySoup.Trial(1, 0.89, false), alwaysWorse.trials().get(1));
  }

  @Test
  void whatIsMeasuredAgainInACandidateStaysThere() {
    float[][] states = states(2, 3);
    List<ValidationScore> alone = scores(states);
    ToDoubleFunction<float[]> destroying =
        state -> {
          Arrays.fill(state, 0);
          return 1;
        };
    GreedySoup soup = GreedySoup.make(LAYOUT, alone, i -> states[i], destroying);
    assertArrayEquals(mean(states, soup.members()), soup.state());
  }

  @Test
  void withoutAMemberThatWorksThereIsNoSoup() {
    List<ValidationScore> alone = List.of(new ValidationScore(0.1, Double.NaN));
    ConvoyException refused =
        assertThrows(
            ConvoyException.class, () -> GreedySoup.make(LAYOUT, alone, i -> null, state -> 0));
    assertEquals(
        "a soup needs a member whose validation loss is a finite number; none of 1 has one",
        refused.getMessage());
  }

  private static List<Integer> plain(float[][] states, List<ValidationScore> alone) {
    List<Integer> order =
        IntStream.range(0, states.length)
            .boxed()
            .sorted((a, b) -> Double.compare(alone.get(b).accuracy(), alone.get(a).accuracy()))
            .toList();
    List<Integer> soup = new ArrayList<>();
    double reached = 0;
    for (int member : order) {
      List<Integer> tried = new ArrayList<>(soup);
      tried.add(member);
      double accuracy = NEARNESS.applyAsDouble(mean(states, tried));
      if (accuracy >= reached) {
        soup = tried;
        reached = accuracy;
      }
    }
    return soup;
  }

  private static float[] mean(float[][] states, List<Integer> members) {
    float[] mean = new float[LAYOUT.length()];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (int member : members) {
        sum += states[member][i];
      }
      mean[i] = (float) (sum / members.size());
    }
    return mean;
  }

  /** Of equal accuracies, all losses are equal: the first comes first. */
  private static List<ValidationScore> scores(float[][] states) {
    return Arrays.stream(states)
        .map(state -> new ValidationScore(NEARNESS.applyAsDouble(state), 1))
        .toList();
  }

  private static float[][] states(long seed, int members) {
    Random random = new Random(seed);
    float[][] states = new float[members][LAYOUT.length()];
    for (float[] state : states) {
      for (int i = 0; i < state.length; i++) {
        state[i] = (float) (1 + random.nextGaussian());
      }
    }
    return states;
  }
}
