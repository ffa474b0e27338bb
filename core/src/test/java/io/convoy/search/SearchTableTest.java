package io.convoy.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.convoy.recipe.CheckpointOptions.Best;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchTableTest {
  private static Map<String, JsonNode> values(double rate, JsonNode first, double second) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    values.put("schedule.rate", DoubleNode.valueOf(rate));
    values.put("network.layers.2.rate", first);
    values.put("network.layers.5.alpha", DoubleNode.valueOf(second));
    return values;
  }

  private static SearchTable table() {
    PartResult one = new PartResult(3, 0, 9, 0.25, 0.9, 61.4, null);
    PartResult two = new PartResult(3, 1, 9, 0.35, 0.92, 58.2, null);
    List<TrialResult> trials =
        List.of(
            TrialResult.of(3, values(0.0137, DoubleNode.valueOf(0.3), 1), List.of(one, two), 0),
            TrialResult.failed(
                0, values(0.1, NullNode.getInstance(), 2), "the loss, at last, is NaN"));
    Map<String, String> space = new LinkedHashMap<>();
    values(0, NullNode.getInstance(), 0).keySet().forEach(key -> space.put(key, "a range"));
    return new SearchTable(
        new SearchReport(
            "tiny",
            new SearchOptions(2, 1, 9, 3, 2, 1),
            List.of(1, 3, 9),
            Best.LOSS,
            space,
            3,
            List.of(),
            1,
            trials));
  }

  @Test
  void keysAreAsShortAsTheyCanBeToldApart() {
    assertEquals(
        "trial  schedule.rate  2.rate  alpha  epochs             loss      accuracy  seconds",
        table().lines().get(0));
    assertEquals(
        "    3         0.0137     0.3    1.0       9  0.3000 ± 0.0707  91.00 ± 1.41      120  best",
        table().lines().get(2));
    assertEquals(
        "    0            0.1       -    2.0       0                -             -        0"
            + "  the recipe's own, failed: the loss, at last, is NaN",
        table().lines().get(3));
  }

  @Test
  void programsReadRfc4180() {
    assertEquals(
        "trial,schedule.rate,network.layers.2.rate,network.layers.5.alpha,epochs,loss,loss_spread,"
            + "accuracy,accuracy_spread,seconds,failure\r\n"
            + "3,0.0137,0.3,1.0,9,0.3,0.07071067811865474,0.91,0.014142135623730963,119.6,\r\n"
            + "0,0.1,-,2.0,0,,,,,0.0,\"the loss, at last, is NaN\"\r\n",
        table().csv());
  }
}
