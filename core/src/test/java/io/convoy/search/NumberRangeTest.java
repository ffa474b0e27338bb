package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberRangeTest {
  private static final int TRIALS = 3000;

  @ParameterizedTest
  @CsvSource({
    "1e-3..1e-1, log:0.001..0.1",
    "0.01..0.1, log:0.01..0.1",
    "0.02..0.1, linear:0.02..0.1",
    "log:0.02..0.1, log:0.02..0.1",
    "linear:1e-3..1, linear:0.001..1.0",
    "0..0.5, linear:0.0..0.5",
    "-1.5..-.5, linear:-1.5..-0.5",
    "32..256, linear:32..256",
    "8..256, log:8..256",
    "0.0..1.0, linear:0.0..1.0",
    "1..2e1, log:1.0..20.0"
  })
  void theScaleFollowsFromTheEndsUnlessItIsTold(String text, String read) {
    NumberRange range = NumberRange.parse("a.b", text);
    assertEquals(read, range.text());
    assertEquals(range, NumberRange.parse("a.b", range.text()), "what is written reads back");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1..0.001, to a larger one; got 0.1 to 0.001",
    "3..3, to a larger one; got 3.0 to 3.0",
    "log:0..1, has ends above 0; got 0.0 to 1.0",
    "1e-3, a range is LOW..HIGH",
    "1..2..3, got '1..2..3'",
    "0.1...0.2, got '0.1...0.2'",
    "a..b, got 'a..b'",
    "1e999..2e999, got Infinity to Infinity",
    "1..3000000000, within a billion"
  })
  void whatIsNoRangeIsTold(String text, String part) {
    String message =
        assertThrows(ConvoyException.class, () -> NumberRange.parse("a", text)).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static double[] draws(String range) {
    SearchSpace space = new SearchSpace(List.of(NumberRange.parse("schedule.rate", range)));
    return IntStream.range(0, TRIALS)
        .mapToDouble(trial -> space.draw(5, trial).get("schedule.rate").doubleValue())
        .toArray();
  }

  /** Kolmogorov and Smirnov's test against the distribution that the scale promises. */
  @Test
  void drawsAreEvenOnTheirScale() {
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    double[] log = IntStream.range(0, TRIALS).mapToDouble(i -> 0).toArray();
    double[] drawn = draws("1e-4..1e-1");
    for (int i = 0; i < TRIALS; i++) {
      log[i] = StrictMath.log10(drawn[i]);
    }
    double even = test.kolmogorovSmirnovTest(new UniformRealDistribution(-4, -1), log);
    assertTrue(even > 0.01, "p=" + even);
    double linear = test.kolmogorovSmirnovTest(new UniformRealDistribution(1e-4, 1e-1), drawn);
    assertTrue(linear < 1e-6, "they are not even on a linear scale: p=" + linear);
    double onLinear =
        test.kolmogorovSmirnovTest(new UniformRealDistribution(0.2, 0.5), draws("0.2..0.7"));
    assertTrue(onLinear < 1e-6, "another range is told apart: p=" + onLinear);
    double own =
        test.kolmogorovSmirnovTest(new UniformRealDistribution(0.2, 0.7), draws("0.2..0.7"));
    assertTrue(own > 0.01, "p=" + own);
  }

  @Test
  void wholeNumbersHaveBothEndsAsOftenAsOthers() {
    long[] counts = new long[5];
    for (double drawn : draws("3..7")) {
      assertEquals(StrictMath.rint(drawn), drawn);
      counts[(int) drawn - 3]++;
    }
    double[] expected = {1, 1, 1, 1, 1};
    double p = new ChiSquareTest().chiSquareTest(expected, counts);
    assertTrue(p > 0.01, "p=" + p);
    NumberRange log = NumberRange.parse("a", "1..1000");
    assertEquals(IntNode.valueOf(1), log.draw(0));
    assertEquals(IntNode.valueOf(1000), log.draw(1 - 0x1p-24));
  }

  @Test
  void realOnesHaveThreeDigitsAndStayWithin() {
    for (double drawn : draws("0.0123456..0.98765")) {
      assertTrue(drawn >= 0.0123456 && drawn <= 0.98765, "" + drawn);
      String digits = Double.toString(drawn).replaceAll("^0\\.0*", "");
      assertTrue(digits.length() <= 3 || drawn == 0.0123456 || drawn == 0.98765, "" + drawn);
    }
  }

  @Test
  void aValueHasItsPlaceOnTheScale() {
    NumberRange log = NumberRange.parse("a", "1e-4..1e-2");
    assertEquals(0.5, log.position(DoubleNode.valueOf(1e-3)).getAsDouble(), 1e-12);
    assertEquals(1.5, log.position(DoubleNode.valueOf(1e-1)).getAsDouble(), 1e-12);
    assertEquals(
        Double.NEGATIVE_INFINITY, log.position(DoubleNode.valueOf(0)).getAsDouble(), "none at all");
    assertFalse(log.position(TextNode.valueOf("x")).isPresent());
    NumberRange linear = NumberRange.parse("a", "0..0.5");
    assertEquals(-0.5, linear.position(DoubleNode.valueOf(-0.25)).getAsDouble(), 1e-12);
    List<JsonNode> numbers = List.of(IntNode.valueOf(32), IntNode.valueOf(64), IntNode.valueOf(48));
    Choices choices = new Choices("a", numbers);
    assertEquals(0.5, choices.position(IntNode.valueOf(48)).getAsDouble());
    assertEquals(1, choices.position(IntNode.valueOf(64)).getAsDouble());
    assertFalse(
        new Choices("a", List.of(TextNode.valueOf("b"), IntNode.valueOf(1)))
            .position(IntNode.valueOf(1))
            .isPresent());
  }
}
