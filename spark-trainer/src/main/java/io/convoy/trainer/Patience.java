package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a driver goes on trying when segments are lost. Executors come and go, machines are busy
 * and networks are away for minutes. So it gives up only after minutes and several tries without a
 * segment that came to its end, and pauses between the tries. A heap that is too small does not
 * pass with time: after that, a few tries are enough.
 */
final class Patience {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int FAILURES_IN_A_ROW = 10;
  private static final int SAME_IN_A_ROW = 3;
  private static final int FULL_HEAPS_IN_A_ROW = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final LongSupplier nanoClock;
  private long firstLoss;
  private int failures;
  private int same;
  private int fullHeaps;
  private String last;
  private Duration pause = FIRST_PAUSE;

  Patience(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** Whether the last segment came to its end. */
  boolean isWhole() {
    return failures == 0;
  }

  /** A segment came to its end. */
  void restore() {
    failures = 0;
    same = 0;
    fullHeaps = 0;
    last = null;
    pause = FIRST_PAUSE;
  }

  /**
   * A segment was lost.
   *
   * @param step that it started from
   * @return how long to wait before it is submitted again
   * @throws ConvoyException of kind RESOURCE when there is no use in another try
   */
  Duration lose(long step, SegmentLostException loss) {
    long now = nanoClock.getAsLong();
    firstLoss = failures == 0 ? now : firstLoss;
    failures++;
    same = loss.getMessage().equals(last) ? same + 1 : 1;
    fullHeaps = loss.outOfMemory() ? fullHeaps + 1 : 0;
    last = loss.getMessage();
    Duration failing = Duration.ofNanos(now - firstLoss);
    if (isOver(failing)) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          ("no segment came to its end in %s tries and %s s from step %s, the last one: %s; the"
                  + " executors' logs say more; what was saved stays: go on with --resume")
              .formatted(failures, failing.toSeconds(), step, last),
          loss);
    }
    Duration wait = pause;
    pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    return wait;
  }

  private boolean isOver(Duration failing) {
    if (fullHeaps >= FULL_HEAPS_IN_A_ROW) {
      return true;
    }
    boolean tried = failures >= FAILURES_IN_A_ROW || same >= SAME_IN_A_ROW;
    return tried && failing.compareTo(LIMIT) >= 0;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
