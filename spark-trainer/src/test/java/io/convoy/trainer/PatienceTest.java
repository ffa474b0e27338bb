package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final Patience patience = new Patience();

  private void lose(String message) {
    patience.lose(7, new SegmentLostException(message, null));
  }

  @Test
  void whatFailsTheSameWayEndsAfterThreeTries() {
    lose("heap");
    lose("heap");
    ConvoyException end = assertThrows(ConvoyException.class, () -> lose("heap"));
    assertEquals(ConvoyException.Kind.RESOURCE, end.kind());
    assertEquals(
        "no segment came to its end in 3 tries from step 7, the last one: heap; the executors' logs"
            + " say more; what was saved stays: go on with --resume",
        end.getMessage());
  }

  @Test
  void executorsThatComeAndGoAreBorneTenTimes() {
    for (int i = 1; i < 10; i++) {
      lose("executor " + i);
      assertFalse(patience.isWhole());
    }
    assertThrows(ConvoyException.class, () -> lose("executor 10"));
  }

  @Test
  void successMakesItWholeAgain() {
    for (int i = 0; i < 30; i++) {
      lose("heap");
      lose("heap");
      patience.restore();
      assertTrue(patience.isWhole());
    }
  }
}
