package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.worker.ExecutorOutOfMemoryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private Duration now = Duration.ZERO;
  private final Patience patience = new Patience(() -> now.toNanos());

  private Duration lose(String message) {
    return patience.lose(7, new SegmentLostException(message, null));
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  /** However often: a cluster that is busy for a minute fails fast and always the same. */
  @Test
  void fastFailuresEndNothing() {
    for (int i = 0; i < 299; i++) {
      lose("not all 2 tasks came to run");
      assertFalse(patience.isWhole());
      pass(1);
    }
  }

  @Test
  void whatFailsTheSameWayForMinutesEnds() {
    lose("no way");
    pass(150);
    lose("no way");
    pass(150);
    ConvoyException end = assertThrows(ConvoyException.class, () -> lose("no way"));
    assertEquals(ConvoyException.Kind.RESOURCE, end.kind());
    assertEquals(
        "no segment came to its end in 3 tries and 300 s from step 7, the last one: no way; the"
            + " executors' logs say more; what was saved stays: go on with --resume",
        end.getMessage());
  }

  @Test
  void aSecondTryIsGrantedHoweverLongTheFirstTook() {
    lose("slow");
    pass(3600);
    lose("slow");
    assertFalse(patience.isWhole());
  }

  @Test
  void executorsMayComeAndGoNineTimesInARow() {
    for (int i = 1; i < 10; i++) {
      lose("executor " + i);
      pass(60);
    }
    assertThrows(ConvoyException.class, () -> lose("executor 10"));
  }

  @Test
  void theHeapDoesNotGrowByWaiting() {
    loseToMemory("executor 1");
    loseToMemory("executor 2");
    ConvoyException end =
        assertThrows(ConvoyException.class, () -> loseToMemory("executor 3 has a full heap"));
    assertTrue(end.getMessage().contains("in 3 tries and 0 s"), end.getMessage());
    assertTrue(end.getMessage().contains("executor 3 has a full heap"), end.getMessage());
  }

  private void loseToMemory(String message) {
    patience.lose(
        7, new SegmentLostException(message, new ExecutorOutOfMemoryException(message, null)));
  }

  @Test
  void pausesGrowAndEnd() {
    long[] millis = {500, 1000, 2000, 4000, 8000, 15_000, 15_000};
    for (long pause : millis) {
      assertEquals(Duration.ofMillis(pause), lose("busy"));
    }
    patience.restore();
    assertEquals(Duration.ofMillis(500), lose("busy"));
  }

  @Test
  void successMakesItWholeAgain() {
    for (int i = 0; i < 30; i++) {
      lose("lost");
      pass(200);
      lose("lost");
      pass(200);
      patience.restore();
      assertTrue(patience.isWhole());
    }
  }
}
