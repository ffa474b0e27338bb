package io.convoy.check;

import java.util.function.LongSupplier;

/**
 * The time that checks may take together. Each may take its even share of what is left; what it
 * does not need is for those behind it. Time has a part in how much is measured, never in what.
 */
final class Budget {
  private final LongSupplier nanos;
  private final long end;
  private long shareStart;
  private long shareEnd;

  /**
   * @param nanos a clock, in nanoseconds
   * @param seconds for all checks
   */
  Budget(LongSupplier nanos, double seconds) {
    this.nanos = nanos;
    end = nanos.getAsLong() + (long) (seconds * 1e9);
  }

  /** A check begins; so many are left with it. */
  void begin(int left) {
    long now = nanos.getAsLong();
    shareStart = now;
    shareEnd = now + (end - now) / left;
  }

  /** Whether the check that is going on has had its share. */
  boolean isSpent() {
    return nanos.getAsLong() - shareEnd >= 0;
  }

  /** How many steps the share has room for, if all take as long as the first have taken. */
  long affords(long done) {
    double taken = Math.max(1, nanos.getAsLong() - shareStart);
    return (long) (done * ((shareEnd - shareStart) / taken));
  }
}
