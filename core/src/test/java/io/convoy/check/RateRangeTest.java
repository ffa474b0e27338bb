package io.convoy.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.check.CheckFinding.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Curves that are drawn by hand. */
class RateRangeTest {
  /** From 1e-6 on, ten to a decade. */
  private static List<Double> rates(int count) {
    return IntStream.range(0, count).mapToObj(i -> 1e-6 * StrictMath.pow(10, i / 10.0)).toList();
  }

  /** 2 until 1e-4, falls to 1 until 1e-2, stays until 1e-1, then rises by 0.2 a step. */
  private static List<Double> losses(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i < 20 ? 2 : i < 40 ? 2 - (i - 19) / 20.0 : i < 50 ? 1 : 1 + 0.2 * (i - 49))
        .map(Number::doubleValue)
        .toList();
  }

  private static CheckFinding of(double own, int count) {
    return RateRange.of(rates(count), losses(count), false, own);
  }

  @Test
  void theRangeIsThatOfTheCurve() {
    CheckFinding finding = of(1e-2, 60);
    assertEquals(Verdict.GOOD, finding.verdict());
    // 10 % of the fall are more than two of its 20 steps
    assertEquals(1e-6 * StrictMath.pow(10, 2.2), finding.figures().get("fallsFrom").asDouble());
    // above 2 after six rises
    double blowsUp = 1e-6 * StrictMath.pow(10, 5.5);
    assertEquals(blowsUp, finding.figures().get("blowsUp").asDouble());
    assertEquals(blowsUp / 10, finding.figures().get("suggestion").asDouble());
    assertTrue(
        finding.found().startsWith("the loss falls from 1.6e-04 on, fastest at "), finding::found);
    assertTrue(finding.found().endsWith("blows up at 0.32; try 0.032"), finding::found);
  }

  @Test
  void ratesOutsideAreTold() {
    assertEquals(
        "the recipe's highest rate, 0.4, is too high: lower it, or give it a long warm-up",
        of(0.4, 60).advice());
    assertEquals(
        "the recipe's highest rate, 1.0e-04, is so low that little is learnt in a step: raise it",
        of(1e-4, 60).advice());
    assertEquals(Verdict.LOOK, of(0.4, 60).verdict());
    assertEquals(Verdict.LOOK, of(1e-4, 60).verdict());
  }

  @Test
  void aLossThatBlowsUpNowhereIsToldSo() {
    CheckFinding finding = of(1e-2, 50);
    assertTrue(finding.figures().get("blowsUp").isNull());
    assertTrue(finding.found().contains("and does not blow up until 0.079"), finding::found);
  }

  @Test
  void aLossThatFallsNowhereIsToldSo() {
    CheckFinding finding = of(1e-2, 20);
    assertEquals(Verdict.LOOK, finding.verdict());
    assertEquals("the loss falls at no rate", finding.found());
    assertEquals("the loss falls at no rate", RateRange.of(List.of(), List.of(), true, 1).found());
  }
}
