package io.convoy.launcher.fetch;

import java.time.Duration;

/**
 * How patient a download is.
 *
 * @param attempts that may fail in a row
 * @param worthwhile bytes that make an attempt count as none that failed
 * @param firstWait before the second attempt; each further one waits twice as long
 * @param longestWait the most that is waited
 * @param stall without a byte after which a connection counts as lost
 */
record FetchLimits(
    int attempts, long worthwhile, Duration firstWait, Duration longestWait, Duration stall) {
  static final FetchLimits STANDARD =
      new FetchLimits(
          6, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(60));
}
