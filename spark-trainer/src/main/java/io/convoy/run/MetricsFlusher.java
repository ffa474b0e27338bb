package io.convoy.run;

import io.convoy.error.ConvoyException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings metrics to their file soon after they have come, on a thread of its own, for those who
 * watch the run. Training neither waits for it nor ends by it: lines that a store does not take
 * stay in memory, and go with the next try or the next checkpoint, which tells who trains what is
 * wrong.
 */
public final class MetricsFlusher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsFlusher.class);

  /** With steps that are told every fifth of a second, no line is older than 5 s when it lies. */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final MetricsLog metrics;
  private final Duration interval;
  private final Thread thread = new Thread(this::work, "convoy-metrics");
  private boolean closing;

  public MetricsFlusher(MetricsLog metrics) {
    this(metrics, INTERVAL);
  }

  MetricsFlusher(MetricsLog metrics, Duration interval) {
    this.metrics = metrics;
    this.interval = interval;
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    Duration wait = interval;
    for (boolean last = false; !last; ) {
      last = pause(wait);
      try {
        metrics.flushLive();
        wait = interval;
      } catch (RuntimeException e) {
        if (wait.equals(interval)) {
          LOG.warn("metrics stay in memory for now: {}", reason(e));
        }
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
      }
    }
  }

  private static String reason(RuntimeException e) {
    return e instanceof ConvoyException ? e.getMessage() : e.toString();
  }

  /** Waits; whether the end has come. */
  private synchronized boolean pause(Duration wait) {
    long until = System.nanoTime() + wait.toNanos();
    try {
      for (long left = wait.toNanos(); left > 0 && !closing; left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("cannot happen: nobody interrupts this thread", e);
    }
    return closing;
  }

  /** Tries once more, and waits for that some seconds at the most. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join(LONGEST_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
