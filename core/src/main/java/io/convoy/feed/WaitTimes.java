package io.convoy.feed;

import java.util.Arrays;

/** How long each of the computing threads has waited for samples, until somebody asks. */
final class WaitTimes {
  private final long[] nanos;

  WaitTimes(int threads) {
    nanos = new long[threads];
  }

  /** A thread has waited; it tells so itself. */
  void add(int thread, long waited) {
    nanos[thread] += waited;
  }

  /** The longest time of a thread, all of which begin at 0 again. While none of them loads. */
  long take() {
    long longest = Arrays.stream(nanos).max().orElse(0);
    Arrays.fill(nanos, 0);
    return longest;
  }
}
