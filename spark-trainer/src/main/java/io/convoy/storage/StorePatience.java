package io.convoy.storage;

import io.convoy.error.ConvoyException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a run's store may be away before that ends a training: a name node that starts anew or
 * gives over to another one, a network that is down. Tries go on for that long without a success;
 * errors that stay until somebody mends something ({@link StoreFault}) are not tried again.
 *
 * @param limit 0 or more; with 0 the first failure ends it
 */
public record StorePatience(Duration limit) {
  /** For those who do not wait. */
  public static final StorePatience NONE = new StorePatience(Duration.ZERO);

  private static final Logger LOG = LoggerFactory.getLogger(StorePatience.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  public StorePatience {
    if (limit.isNegative()) {
      throw ConvoyException.usage("a store's patience must be at least 0; got %s", limit);
    }
  }

  /**
   * Does what may be done again, until it succeeds or the store has been away for too long.
   *
   * @throws ConvoyException that of the last try
   */
  public <T> T keepTrying(Supplier<T> action) {
    Outage outage = null;
    while (true) {
      try {
        return action.get();
      } catch (StoreUnavailableException e) {
        outage = outage == null ? new Outage() : outage;
        if (outage.isOver()) {
          throw outage.over(e);
        }
        Duration wait = outage.nextWait();
        LOG.warn("{}; tried again in {} ms", e.getMessage(), wait.toMillis());
        pause(wait);
      }
    }
  }

  private static void pause(Duration wait) {
    try {
      TimeUnit.MILLISECONDS.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while waiting for the run's store");
    }
  }

  /** The time since the first of several failures in a row. */
  public final class Outage {
    private final long start = System.nanoTime();
    private Duration wait = FIRST_WAIT;

    /** Whether it has lasted for as long as tries go on. */
    public boolean isOver() {
      return System.nanoTime() - start >= limit.toNanos();
    }

    /** How long to wait before the next try: longer each time, up to a bound. */
    public Duration nextWait() {
      Duration next = wait;
      Duration twice = wait.multipliedBy(2);
      wait = twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
      return next;
    }

    /** The error that ends it. */
    public ConvoyException over(ConvoyException last) {
      if (limit.isZero()) {
        return last;
      }
      return new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s (tried for %s s, which checkpoint.retryMinutes bounds)"
              .formatted(last.getMessage(), limit.toSeconds()),
          last);
    }
  }
}
