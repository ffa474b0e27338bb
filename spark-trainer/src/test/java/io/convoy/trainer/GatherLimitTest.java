package io.convoy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatherLimitTest {
  private final GatherLimit limit = new GatherLimit();

  @Test
  void growsWithEachLossUpToMinutes() {
    for (int seconds : new int[] {10, 20, 40, 80, 120, 120}) {
      assertEquals(Duration.ofSeconds(seconds), limit.toLaunch());
      assertEquals(Duration.ofSeconds(3 * seconds), limit.toMeet());
      limit.lost();
    }
  }

  @Test
  void isShortAgainBehindAWholeSegment() {
    limit.lost();
    limit.lost();
    limit.whole();
    assertEquals(Duration.ofSeconds(10), limit.toLaunch());
    assertEquals(Duration.ofSeconds(30), limit.toMeet());
  }
}
