package io.convoy.exchange.connect;

import io.convoy.error.ConvoyException;
import java.time.Duration;

/**
 * The limits of every wait of an exchange. They bound how long a failure goes unnoticed, never what
 * is computed.
 *
 * @param connect until all peers are connected and known
 * @param handshake what one unknown connection gets to prove itself
 * @param stall how long a step may wait without a single byte moving; it has to cover the time by
 *     which the slowest rank comes later than the fastest
 */
public record ExchangeTimeouts(Duration connect, Duration handshake, Duration stall) {
  /** 30 s to connect, 5 s for a handshake, 120 s without progress. */
  public static final ExchangeTimeouts DEFAULT =
      new ExchangeTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(120));

  /** Checks that each limit is at least a millisecond. */
  public ExchangeTimeouts {
    for (Duration limit : new Duration[] {connect, handshake, stall}) {
      if (limit.toMillis() < 1) {
        throw ConvoyException.usage(
            "time limits of the exchange (connect=%s, handshake=%s, stall=%s) must be at least 1"
                + " ms",
            connect, handshake, stall);
      }
    }
  }
}
