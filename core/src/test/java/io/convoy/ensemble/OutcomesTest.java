package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OutcomesTest {
  @Test
  void figuresAreThoseOfTheirDefinitions() {
    ValidationOutputs outputs = RandomOutputs.of(4, 400, 7, 1.5, 2);
    MemberFigures figures = new Candidate("m", 2, Outcomes.ofMember(outputs, 1)).figures();
    int first = 0;
    int five = 0;
    double[] distance = new double[15];
    for (int sample = 0; sample < 400; sample++) {
      int n = sample;
      int label = outputs.label(sample);
      double share = RandomOutputs.share(outputs, 1, sample, label);
      double[] all =
          IntStream.range(0, 7).mapToDouble(k -> RandomOutputs.share(outputs, 1, n, k)).toArray();
      long ahead = Arrays.stream(all).filter(other -> other > share).count();
      double most = Arrays.stream(all).max().orElseThrow();
      first += ahead == 0 ? 1 : 0;
      five += ahead < 5 ? 1 : 0;
      distance[(int) Math.ceil(most * 15) - 1] += (ahead == 0 ? 1 : 0) - most;
    }
    assertEquals(Share.of(first, 400), figures.accuracy());
    assertEquals(Share.of(five, 400), figures.topFive());
    assertEquals(RandomOutputs.loss(outputs, 0, 1), figures.loss().mean(), 1e-12);
    double error = Arrays.stream(distance).map(Math::abs).sum() / 400;
    assertEquals(error, figures.calibrationError(), 1e-12);
    assertEquals(2, figures.passes());
  }

  @Test
  void topFiveIsForMoreThanFiveClasses() {
    assertNull(figures(5).topFive());
    assertNotNull(figures(6).topFive());
  }

  @Test
  void ofEqualProbabilitiesTheFirstLeads() {
    Outcomes outcomes = outcomes(new int[] {1, 0}, new float[] {2, 2, 0}, new float[] {2, 2, 0});
    assertEquals(Share.of(1, 2), outcomes.top(1));
    assertEquals(Share.of(2, 2), outcomes.top(2));
    assertEquals(new ValidationScore(0.5, outcomes.loss().mean()), outcomes.score());
  }

  @Test
  void aProbabilityThatIsTooSmallForANumberCountsAsTheSmallest() {
    Outcomes outcomes = outcomes(new int[] {1, 1}, new float[] {2000, 0}, new float[] {3000, 0});
    assertEquals(744.44, outcomes.loss().mean(), 0.01);
    assertEquals(1, outcomes.calibrationError());
  }

  /** By Wilson's formula, written out. */
  @Test
  void sharesHaveWilsonsInterval() {
    double z = 1.959963984540054;
    for (int[] counts : new int[][] {{1, 3}, {17, 40}, {9_321, 10_000}, {0, 5}, {5, 5}}) {
      double n = counts[1];
      double p = counts[0] / n;
      double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
      double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
      Share share = Share.of(counts[0], counts[1]);
      assertEquals(middle - half, share.low(), 1e-9);
      assertEquals(middle + half, share.high(), 1e-9);
      assertTrue(share.low() >= 0 && share.high() <= 1);
      assertEquals(p, share.value());
    }
    assertThrows(ConvoyException.class, () -> Share.of(0, 0));
    assertThrows(ConvoyException.class, () -> Share.of(4, 3));
  }

  /** Quantiles from Student's table: t(0.975; 4) = 2.776445, t(0.975; 1) = 12.7062. */
  @Test
  void meansHaveStudentsInterval() {
    Estimate five = Estimate.ofMean(new double[] {1, 2, 3, 4, 5});
    assertEquals(3, five.mean());
    assertEquals(3 - 2.776445 * Math.sqrt(2.5 / 5), five.low(), 1e-5);
    assertEquals(3 + 2.776445 * Math.sqrt(2.5 / 5), five.high(), 1e-5);
    Estimate two = Estimate.ofMean(new double[] {0, 2});
    assertEquals(1 + 12.7062, two.high(), 1e-4);
    assertEquals(new Estimate(7, 7, 7), Estimate.ofMean(new double[] {7, 7, 7}));
    assertThrows(IllegalArgumentException.class, () -> Estimate.ofMean(new double[] {1}));
  }

  @Test
  void theIntervalOfADifferenceIsThatOfABootstrap() {
    ValidationOutputs outputs = RandomOutputs.of(6, 1000, 5, 1.5, 1.8);
    Estimate found = Outcomes.ofMember(outputs, 0).lossAbove(Outcomes.ofMember(outputs, 1));
    Random random = new Random(1);
    double[] differences = new double[1000];
    for (int sample = 0; sample < 1000; sample++) {
      int label = outputs.label(sample);
      differences[sample] =
          Math.log(RandomOutputs.share(outputs, 1, sample, label))
              - Math.log(RandomOutputs.share(outputs, 0, sample, label));
    }
    double[] means = new double[4000];
    for (int draw = 0; draw < means.length; draw++) {
      means[draw] =
          random.ints(1000, 0, 1000).mapToDouble(i -> differences[i]).average().getAsDouble();
    }
    Arrays.sort(means);
    double width = found.high() - found.low();
    assertEquals(Arrays.stream(differences).average().getAsDouble(), found.mean(), 1e-12);
    assertEquals(means[100], found.low(), width / 20);
    assertEquals(means[3900], found.high(), width / 20);
    Outcomes one = Outcomes.ofMember(outputs, 0);
    assertEquals(new Estimate(0, 0, 0), one.lossAbove(one));
  }

  private static MemberFigures figures(int classes) {
    ValidationOutputs outputs = RandomOutputs.of(1, 20, classes, 1);
    return new Candidate("m", 1, Outcomes.ofMember(outputs, 0)).figures();
  }

  private static Outcomes outcomes(int[] labels, float[]... logits) {
    MemberOutputs member = RandomOutputs.member("m", logits);
    return Outcomes.ofMember(new ValidationOutputs(labels, List.of(member)), 0);
  }
}
