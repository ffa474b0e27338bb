package io.convoy.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.WorkPool;
import org.junit.jupiter.api.Test;

class PeakTest {
  /** A bound that any machine with vectors passes once the loop is compiled. */
  @Test
  void registersAreFast() {
    try (WorkPool pool = new WorkPool(1)) {
      Peak peak = new Peak(pool);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 200; i++) {
        best = Math.min(best, peak.getAsLong());
      }
      double speed = peak.operations() / (best / 1e9);
      assertTrue(speed > 2e9, () -> "only %.1e operations a second".formatted(speed));
    }
  }
}
