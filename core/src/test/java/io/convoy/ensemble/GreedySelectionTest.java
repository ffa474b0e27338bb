package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.ensemble.ValidationScore.Goal;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GreedySelectionTest {
  @Test
  void membersAreThoseOfAPlainSearch() {
    for (Goal goal : Goal.values()) {
      for (int seed = 0; seed < 6; seed++) {
        for (int initial = 1; initial <= 3; initial++) {
          ValidationOutputs outputs = RandomOutputs.of(seed, 60, 4, 1, 1.3, 1.4, 0.2);
          GreedySelection found = GreedySelection.select(outputs, goal, initial, 12);
          List<Integer> expected = plain(outputs, goal, initial, 12);
          assertEquals(expected, found.order(), goal + " from " + initial + ", seed " + seed);
          assertEquals(score(outputs, expected).loss(), found.loss(), 1e-12);
          double[] weights = found.weights().stream().mapToDouble(w -> w).toArray();
          assertEquals(RandomOutputs.loss(outputs, weights), found.loss(), 1e-12);
        }
      }
    }
  }

  @Test
  void countsBecomeWeights() {
    GreedySelection selection = new GreedySelection(List.of(2, 0, 2, 2), 4, 0.5);
    assertEquals(List.of(1, 0, 3, 0), selection.counts());
    assertEquals(List.of(0.25, 0.0, 0.75, 0.0), selection.weights());
    assertEquals(2, OutputAverage.weighted(selection.weights()).passes());
  }

  @Test
  void itIsNeverWorseThanTheBestMemberAndOrdersDoNotMatter() {
    for (Goal goal : Goal.values()) {
      ValidationOutputs outputs = RandomOutputs.of(21, 200, 5, 1, 1.5, 1.4);
      GreedySelection found = GreedySelection.select(outputs, goal, 1, 20);
      GreedySelection reversed =
          GreedySelection.select(RandomOutputs.reversed(outputs), goal, 1, 20);
      assertEquals(found.order(), reversed.order());
      GreedySelection turned =
          GreedySelection.select(RandomOutputs.reordered(outputs, 2, 0, 1), goal, 1, 20);
      List<Integer> back = turned.order().stream().map(i -> (i + 2) % 3).toList();
      assertEquals(found.order(), back);
    }
    ValidationOutputs outputs = RandomOutputs.of(22, 200, 5, 1, 1.5, 1.4);
    double best =
        IntStream.range(0, 3)
            .mapToDouble(i -> Outcomes.ofMember(outputs, i).loss().mean())
            .min()
            .orElseThrow();
    assertTrue(GreedySelection.select(outputs, Goal.LOSS, 1, 20).loss() < best);
  }

  @Test
  void ofEqualMembersTheFirstIsTaken() {
    ValidationOutputs two = RandomOutputs.of(3, 40, 3, 1, 2);
    for (Goal goal : Goal.values()) {
      GreedySelection equal =
          GreedySelection.select(RandomOutputs.reordered(two, 1, 1, 1), goal, 1, 5);
      assertEquals(List.of(1.0, 0.0, 0.0), equal.weights());
      assertEquals(
          List.of(1.0),
          GreedySelection.select(RandomOutputs.reordered(two, 0), goal, 1, 5).weights());
    }
  }

  /** The average is wrong by less than fp64 can say: logarithms say it. */
  @Test
  void likelihoodsThatAreTooSmallForANumberAreCompared() {
    MemberOutputs worse = RandomOutputs.member("a", new float[] {0, 5000}, new float[] {0, 4000});
    MemberOutputs less = RandomOutputs.member("b", new float[] {0, 3000}, new float[] {0, 2000});
    ValidationOutputs outputs = new ValidationOutputs(new int[] {0, 0}, List.of(worse, less));
    GreedySelection found = GreedySelection.select(outputs, Goal.LOSS, 1, 4);
    assertEquals(List.of(0.0, 1.0), found.weights());
    assertEquals(2500, found.loss(), 1e-9);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    ValidationOutputs outputs = RandomOutputs.of(1, 10, 3, 1, 1);
    ConvoyException refused =
        assertThrows(ConvoyException.class, () -> GreedySelection.select(outputs, Goal.LOSS, 3, 9));
    assertEquals(
        "a selection starts with 1 to 2 members, as many as there are, and has at least as many"
            + " rounds; got 3 and 9",
        refused.getMessage());
    assertThrows(ConvoyException.class, () -> GreedySelection.select(outputs, Goal.LOSS, 0, 9));
    assertThrows(ConvoyException.class, () -> GreedySelection.select(outputs, Goal.LOSS, 2, 1));
  }

  private static List<Integer> plain(
      ValidationOutputs outputs, Goal goal, int initial, int rounds) {
    List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
    List<Integer> order = new ArrayList<>();
    while (order.size() < initial) {
      int best = left.get(0);
      for (int i : left) {
        best = better(goal, score(outputs, List.of(i)), score(outputs, List.of(best))) ? i : best;
      }
      order.add(best);
      left.remove((Integer) best);
    }
    List<Integer> kept = List.copyOf(order);
    while (order.size() < rounds) {
      List<Integer> best = null;
      for (int i = 0; i < 4; i++) {
        List<Integer> tried = new ArrayList<>(order);
        tried.add(i);
        if (best == null || better(goal, score(outputs, tried), score(outputs, best))) {
          best = tried;
        }
      }
      order = best;
      ValidationScore now = score(outputs, order);
      ValidationScore almost = new ValidationScore(now.accuracy(), now.loss() + 1e-12);
      kept = better(goal, almost, score(outputs, kept)) ? order : kept;
    }
    return kept;
  }

  private static boolean better(Goal goal, ValidationScore one, ValidationScore other) {
    if (goal == Goal.ACCURACY && one.accuracy() != other.accuracy()) {
      return one.accuracy() > other.accuracy();
    }
    return one.loss() < other.loss();
  }

  private static ValidationScore score(ValidationOutputs outputs, List<Integer> members) {
    double loss = 0;
    double correct = 0;
    for (int sample = 0; sample < outputs.samples(); sample++) {
      double[] shares = new double[outputs.classes()];
      int best = 0;
      for (int label = 0; label < shares.length; label++) {
        for (int member : members) {
          shares[label] += RandomOutputs.share(outputs, member, sample, label) / members.size();
        }
        best = shares[label] > shares[best] ? label : best;
      }
      correct += best == outputs.label(sample) ? 1 : 0;
      loss -= Math.log(shares[outputs.label(sample)]);
    }
    return new ValidationScore(correct / outputs.samples(), loss / outputs.samples());
  }
}
