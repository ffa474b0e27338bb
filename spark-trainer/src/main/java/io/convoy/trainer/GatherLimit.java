package io.convoy.trainer;

import java.time.Duration;

/**
 * How long the tasks of a segment get to come together. Mostly they take milliseconds; on a busy
 * machine a start takes many seconds, and where Spark still counts an executor that is gone, they
 * never come. So the limit is short at first, doubles with each segment that is lost, and is short
 * again behind one that came to its end.
 */
final class GatherLimit {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final int MEETING = 3;

  private Duration limit = SHORTEST;

  /** Until Spark has launched all tasks. */
  Duration toLaunch() {
    return limit;
  }

  /**
   * Until all tasks have met, for the first of them: more than for the launch, since an executor
   * that computes its first task loads its classes before it says a word.
   */
  Duration toMeet() {
    return limit.multipliedBy(MEETING);
  }

  /** A segment was lost, whatever for. */
  void lost() {
    Duration twice = limit.multipliedBy(2);
    limit = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }

  /** A segment came to its end. */
  void whole() {
    limit = SHORTEST;
  }
}
