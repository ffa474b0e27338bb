package io.convoy.trainer;

import io.convoy.error.ConvoyException;

/**
 * How many lost segments in a row are borne: executors come and go, but what fails the same way
 * each time will not get better.
 */
final class Patience {
  private static final int FAILURES_IN_A_ROW = 10;
  private static final int SAME_IN_A_ROW = 3;

  private int failures;
  private int same;
  private String last;

  /** Whether the last segment came to its end. */
  boolean isWhole() {
    return failures == 0;
  }

  /** A segment came to its end. */
  void restore() {
    failures = 0;
    same = 0;
    last = null;
  }

  /**
   * A segment was lost.
   *
   * @param step that it started from
   * @throws ConvoyException of kind RESOURCE when there is no use in another try
   */
  void lose(long step, SegmentLostException loss) {
    failures++;
    same = loss.getMessage().equals(last) ? same + 1 : 1;
    last = loss.getMessage();
    if (failures >= FAILURES_IN_A_ROW || same >= SAME_IN_A_ROW) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          ("no segment came to its end in %s tries from step %s, the last one: %s; the executors'"
                  + " logs say more; what was saved stays: go on with --resume")
              .formatted(failures, step, last),
          loss);
    }
  }
}
