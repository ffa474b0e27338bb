package io.convoy.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.WorkPool;
import org.junit.jupiter.api.Test;

class PeakTest {
  /** A bound that any machine with vectors passes once the loop is compiled. */
  @Test
  void registersAreFast() {
    try (WorkPool pool = new WorkPool(1)) {
      double best = new Peak(pool).settle(100, 10);
      assertTrue(best > 2e9, () -> "only %s operations a second".formatted(best));
    }
  }

  /** Nothing is compiled any more once the peak is made: the first call is as fast as any. */
  @Test
  void theFirstCallsAreWarm() {
    try (WorkPool pool = new WorkPool(1)) {
      Peak peak = new Peak(pool);
      double first = peak.settle(20, 10);
      double later = peak.settle(200, 10);
      assertTrue(first > later / 2, () -> "%s at first, %s later".formatted(first, later));
    }
  }

  @Test
  void theBestCallIsKept() {
    try (WorkPool pool = new WorkPool(2)) {
      Peak peak = new Peak(pool);
      assertEquals(0, peak.best());
      double best = 0;
      for (int i = 0; i < 20; i++) {
        best = Math.max(best, 1e9 * peak.operations() / peak.getAsLong());
        assertEquals(best, peak.best());
      }
      assertEquals(best, peak.settle(1, 0));
    }
  }
}
