package io.convoy.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void contendersTakeTurnsAndEachStartsOnce() {
    List<String> calls = new ArrayList<>();
    LongSupplier one = contender(calls, "one", 2_000);
    LongSupplier two = contender(calls, "two", 3_000);
    List<double[]> seconds = new Rounds(List.of(one, two), new Budget(0, 0, 4)).measure();
    assertArrayEquals(new double[] {2e-6, 2e-6, 2e-6, 2e-6}, seconds.get(0), 1e-15);
    assertArrayEquals(new double[] {3e-6, 3e-6, 3e-6, 3e-6}, seconds.get(1), 1e-15);
    // after the warm-up, each turn is a run of calls of one contender
    List<String> turns = new ArrayList<>();
    for (String call : calls) {
      if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(call)) {
        turns.add(call);
      }
    }
    // warm-up of both, then one-two, two-one, one-two, two-one: equal neighbours run together
    assertEquals(List.of("one", "two", "one", "two", "one", "two", "one"), turns);
  }

  private static LongSupplier contender(List<String> calls, String name, long nanos) {
    return () -> {
      long end = System.nanoTime() + Math.round(Budget.TURN_SECONDS * 1e9 / 4);
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      calls.add(name);
      return nanos;
    };
  }

  @Test
  void budgetsAreChecked() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Budget(-1, 1, 1));
    assertTrue(refused.getMessage().contains("got -1.0, 1.0, 1"));
    assertThrows(IllegalArgumentException.class, () -> new Budget(1, 1, 0));
  }
}
