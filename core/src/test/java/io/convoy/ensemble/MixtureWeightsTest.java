package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MixtureWeightsTest {
  @Test
  void twoMembersGetTheWeightsOfAFineGrid() {
    for (int seed = 0; seed < 5; seed++) {
      ValidationOutputs outputs = RandomOutputs.of(seed, 200, 4, 1, 1.5 + 0.1 * seed);
      double best = Double.POSITIVE_INFINITY;
      double weight = 0;
      for (int i = 0; i <= 2000; i++) {
        double loss = RandomOutputs.loss(outputs, i / 2000.0, 1 - i / 2000.0);
        if (loss < best) {
          best = loss;
          weight = i / 2000.0;
        }
      }
      MixtureWeights fitted = MixtureWeights.fit(outputs);
      assertEquals(weight, fitted.weights().get(0), 0.01);
      assertEquals(best, fitted.loss(), 2e-6);
      assertEquals(RandomOutputs.loss(outputs, 0.5, 0.5), fitted.equalLoss(), 1e-12);
      assertEquals(fitted.equalLoss() - fitted.loss(), fitted.gain());
    }
  }

  @Test
  void noPointOfTheSimplexIsBetterByMoreThanTheGap() {
    ValidationOutputs outputs = RandomOutputs.of(9, 150, 5, 0.5, 2, 1.8);
    MixtureWeights fitted = MixtureWeights.fit(outputs);
    assertEquals(1, fitted.weights().stream().mapToDouble(w -> w).sum(), 1e-12);
    assertTrue(fitted.gap() <= 1e-6, () -> "gap " + fitted.gap());
    for (int i = 0; i <= 50; i++) {
      for (int j = 0; i + j <= 50; j++) {
        double loss = RandomOutputs.loss(outputs, i / 50.0, j / 50.0, (50 - i - j) / 50.0);
        assertTrue(loss >= fitted.loss() - fitted.gap() - 1e-12);
      }
    }
    double[] weights = fitted.weights().stream().mapToDouble(w -> w).toArray();
    assertEquals(RandomOutputs.loss(outputs, weights), fitted.loss(), 1e-12);
    assertTrue(fitted.gain() > 0);
  }

  @Test
  void ordersOfMembersAndOfSamplesDoNotMatter() {
    ValidationOutputs outputs = RandomOutputs.of(11, 300, 3, 1, 1.2, 0.8);
    List<Double> weights = MixtureWeights.fit(outputs).weights();
    List<Double> turned = MixtureWeights.fit(RandomOutputs.reordered(outputs, 2, 0, 1)).weights();
    assertEquals(weights.get(2), turned.get(0), 1e-9);
    assertEquals(weights.get(0), turned.get(1), 1e-9);
    assertEquals(weights.get(1), turned.get(2), 1e-9);
    List<Double> reversed = MixtureWeights.fit(RandomOutputs.reversed(outputs)).weights();
    for (int i = 0; i < 3; i++) {
      assertEquals(weights.get(i), reversed.get(i), 1e-9);
    }
    assertEquals(weights, MixtureWeights.fit(outputs).weights());
  }

  @Test
  void equalMembersGetEqualWeightsAndOneMemberAll() {
    ValidationOutputs outputs = RandomOutputs.of(2, 50, 3, 1);
    MixtureWeights same = MixtureWeights.fit(RandomOutputs.reordered(outputs, 0, 0));
    assertEquals(List.of(0.5, 0.5), same.weights());
    assertEquals(0, same.rounds());
    MixtureWeights alone = MixtureWeights.fit(outputs);
    assertEquals(List.of(1.0), alone.weights());
    assertEquals(RandomOutputs.loss(outputs, 1), alone.loss(), 1e-12);
  }

  /** Likelihoods that fp64 has no number for, and a member that is better everywhere. */
  @Test
  void sureMembersGiveFiniteNumbers() {
    MemberOutputs wrong = RandomOutputs.member("a", new float[] {0, 5000}, new float[] {0, 4000});
    MemberOutputs less = RandomOutputs.member("b", new float[] {0, 3000}, new float[] {0, 2000});
    MixtureWeights fitted =
        MixtureWeights.fit(new ValidationOutputs(new int[] {0, 0}, List.of(wrong, less)));
    assertEquals(List.of(0.0, 1.0), fitted.weights());
    assertEquals(2500, fitted.loss(), 1e-9);
  }
}
