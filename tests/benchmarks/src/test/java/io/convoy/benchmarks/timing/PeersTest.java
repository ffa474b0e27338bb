package io.convoy.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final Map<String, String> RIGHT =
      Map.of(
          "OMP_NUM_THREADS", "2",
          "OPENBLAS_NUM_THREADS", "2",
          "OMP_WAIT_POLICY", "PASSIVE",
          "KMP_BLOCKTIME", "0",
          "OPENBLAS_THREAD_TIMEOUT", "4");

  @Test
  void peersThatSleepAreLetIn() {
    assertDoesNotThrow(() -> Peers.requireSettings(RIGHT, 2));
  }

  @Test
  void peersThatSpinAreRefused() {
    Map<String, String> spinning = new HashMap<>(RIGHT);
    spinning.remove("OMP_WAIT_POLICY");
    ConvoyException refused =
        assertThrows(ConvoyException.class, () -> Peers.requireSettings(spinning, 2));
    assertEquals(
        "beside peers OMP_WAIT_POLICY must be PASSIVE in the environment; it is null:"
            + " scripts/bench sets it",
        refused.getMessage());
  }

  @Test
  void peersWithOtherThreadsAreRefused() {
    assertThrows(ConvoyException.class, () -> Peers.requireSettings(RIGHT, 1));
  }
}
