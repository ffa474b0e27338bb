package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
  private static final SearchRange RATE = NumberRange.parse("schedule.rate", "1e-3..1e-1");
  private static final SearchRange DECAY = NumberRange.parse("optimizer.weightDecay", "1e-5..1e-2");
  private static final SearchRange BATCH =
      new Choices(
          "batchSize", List.of(IntNode.valueOf(32), IntNode.valueOf(64), IntNode.valueOf(128)));

  /** They are part of what a search comes to: another draw is another search. */
  @Test
  void drawsAreFixed() {
    SearchSpace space = new SearchSpace(List.of(RATE, DECAY, BATCH));
    assertEquals(
        List.of(
            "{schedule.rate=0.00167, optimizer.weightDecay=1.47E-4, batchSize=64}",
            "{schedule.rate=0.00459, optimizer.weightDecay=1.27E-5, batchSize=128}",
            "{schedule.rate=0.0714, optimizer.weightDecay=1.08E-4, batchSize=128}"),
        List.of(
            space.draw(1, 1).toString(), space.draw(1, 2).toString(), space.draw(7, 1).toString()));
  }

  @Test
  void aKeyKnowsNothingOfOthers() {
    SearchSpace one = new SearchSpace(List.of(DECAY));
    SearchSpace all = new SearchSpace(List.of(BATCH, RATE, DECAY));
    for (int trial = 0; trial < 50; trial++) {
      assertEquals(
          one.draw(3, trial).get("optimizer.weightDecay"),
          all.draw(3, trial).get("optimizer.weightDecay"));
    }
    assertEquals(
        List.of("batchSize", "schedule.rate", "optimizer.weightDecay"),
        new ArrayList<>(all.draw(3, 1).keySet()));
    assertNotEquals(one.draw(3, 1), one.draw(4, 1));
  }

  @Test
  void keysAreIndependentAndChoicesEven() {
    SearchSpace space = new SearchSpace(List.of(RATE, DECAY, BATCH));
    int trials = 3000;
    double[] rates = new double[trials];
    double[] decays = new double[trials];
    long[] batches = new long[3];
    for (int trial = 0; trial < trials; trial++) {
      Map<String, JsonNode> drawn = space.draw(2, trial);
      rates[trial] = StrictMath.log(drawn.get("schedule.rate").doubleValue());
      decays[trial] = StrictMath.log(drawn.get("optimizer.weightDecay").doubleValue());
      batches[Integer.numberOfTrailingZeros(drawn.get("batchSize").intValue()) - 5]++;
    }
    double together = new PearsonsCorrelation().correlation(rates, decays);
    assertTrue(Math.abs(together) < 0.06, "r=" + together); // three standard errors
    double p = new ChiSquareTest().chiSquareTest(new double[] {1, 1, 1}, batches);
    assertTrue(p > 0.01, "p=" + p);
  }

  @Test
  void whatIsNoSpaceIsTold() {
    tells("there is nothing to search", () -> new SearchSpace(List.of()));
    tells("schedule.rate has two ranges", () -> new SearchSpace(List.of(RATE, BATCH, RATE)));
    tells("two values or more", () -> new Choices("a", List.of(IntNode.valueOf(1))));
    tells(
        "each given once",
        () -> new Choices("a", List.of(TextNode.valueOf("b"), TextNode.valueOf("b"))));
  }

  private static void tells(String part, Runnable wrong) {
    String message = assertThrows(ConvoyException.class, wrong::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static List<String> warnings(
      SearchRange range, JsonNode best, BiPredicate<String, JsonNode> takes) {
    return new EdgeWarnings(new SearchSpace(List.of(range)), takes).of(Map.of(range.key(), best));
  }

  @Test
  void theOuterTenthOfARangeIsItsEdge() {
    BiPredicate<String, JsonNode> all = (key, value) -> true;
    assertEquals(List.of(), warnings(RATE, DoubleNode.valueOf(0.06), all));
    assertEquals(List.of(), warnings(RATE, DoubleNode.valueOf(0.0016), all));
    assertEquals(
        List.of(
            "the best schedule.rate, 0.07, lies at the upper edge of log:0.001..0.1: search on with"
                + " --range schedule.rate=log:0.01..1.0"),
        warnings(RATE, DoubleNode.valueOf(0.07), all));
    assertEquals(
        List.of(
            "the best schedule.rate, 5.0E-4, lies at the lower edge of log:0.001..0.1: search on"
                + " with --range schedule.rate=log:1.0E-4..0.01"),
        warnings(RATE, DoubleNode.valueOf(5e-4), all));
    assertEquals(
        List.of(
            "the best batchSize, 128, lies at the upper edge of [32,64,128]: search on with larger"
                + " values than 128.0, too"),
        warnings(BATCH, IntNode.valueOf(128), all));
    assertEquals(List.of(), warnings(BATCH, IntNode.valueOf(64), all));
  }

  /** A rate of dropout is never below 0; that is no edge. */
  @Test
  void whatTheRecipeDoesNotTakeIsNoEdge() {
    SearchRange dropout = NumberRange.parse("network.dropout", "0..0.8");
    BiPredicate<String, JsonNode> shares =
        (key, value) -> value.doubleValue() >= 0 && value.doubleValue() < 1;
    assertEquals(List.of(), warnings(dropout, DoubleNode.valueOf(0.01), shares));
    assertEquals(
        List.of(
            "the best network.dropout, 0.75, lies at the upper edge of linear:0.0..0.8: search on"
                + " with --range network.dropout=linear:0.4..0.88"),
        warnings(dropout, DoubleNode.valueOf(0.75), shares));
  }
}
