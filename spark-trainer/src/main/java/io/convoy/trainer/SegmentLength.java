package io.convoy.trainer;

/**
 * How many steps a segment gets: enough that its ends (submission, rendezvous, the state's way out
 * and back) cost at most 2 % of the time, few enough that a lost executor costs minutes at the
 * most. It doubles from a small start, and halves after a failure. Results do not depend on it.
 */
final class SegmentLength {
  private static final double ENDS_SHARE = 0.02;
  private static final double LONGEST_SECONDS = 120;
  private static final long FIRST = 16;

  private long steps = FIRST;

  long steps() {
    return steps;
  }

  /**
   * @param done steps of the segment
   * @param stepSeconds spent in them
   * @param allSeconds of the whole segment
   */
  void succeeded(long done, double stepSeconds, double allSeconds) {
    double perStep = Math.max(1e-6, stepSeconds / done);
    double enough = (allSeconds - stepSeconds) / ENDS_SHARE / perStep;
    double most = LONGEST_SECONDS / perStep;
    long wanted = (long) Math.max(1, Math.min(enough, most));
    steps = Math.max(1, Math.min(wanted, 2 * Math.max(steps, done)));
  }

  void failed() {
    steps = Math.max(1, steps / 2);
  }
}
