package io.convoy.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads again at once where a read failed for a reason that may pass, such as a torn connection. An
 * outage takes longer: {@link StorePatience} waits for its end. Damage does not pass and is no
 * {@link IOException} here.
 */
public final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final int ATTEMPTS = 4;
  private static final long FIRST_WAIT_MILLIS = 100;

  /** Something that reads, and has no effect but its result. */
  @FunctionalInterface
  public interface Read<T> {
    T read() throws IOException, DamagedException;
  }

  private Retries() {}

  /** The result of {@code read}, tried {@value #ATTEMPTS} times with growing waits between. */
  public static <T> T of(Read<T> read) throws IOException, DamagedException {
    long wait = FIRST_WAIT_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return read.read();
      } catch (IOException e) {
        if (attempt == ATTEMPTS || !StoreFault.mayPass(e)) {
          throw e;
        }
        LOG.warn("reading failed, attempt {} of {}: {}", attempt, ATTEMPTS, StoreFolder.reason(e));
      }
      pause(wait);
      wait *= 4;
    }
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to read again");
    }
  }
}
