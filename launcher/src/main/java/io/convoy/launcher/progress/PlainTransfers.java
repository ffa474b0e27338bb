package io.convoy.launcher.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A line every few seconds, for logs and pipes.
 *
 * <pre>
 *   train-images-idx3-ubyte.gz: 12.3 MiB of 25.2 MiB, 3.41 MiB/s, 0:04 left
 * </pre>
 */
final class PlainTransfers implements TransferProgress {
  private final PrintStream err;
  private final LongSupplier nanoClock;
  private final long interval;
  private String name;
  private Quantity quantity;
  private long from;
  private long total;
  private long started;
  private long lastLine;

  PlainTransfers(PrintStream err, LongSupplier nanoClock, Duration interval) {
    this.err = err;
    this.nanoClock = nanoClock;
    this.interval = interval.toNanos();
  }

  @Override
  public synchronized void start(String name, long from, long total, Quantity quantity) {
    this.quantity = quantity;
    this.name = name;
    this.from = from;
    this.total = total;
    started = nanoClock.getAsLong();
    lastLine = started;
  }

  @Override
  public synchronized void at(long bytes) {
    long now = nanoClock.getAsLong();
    if (now - lastLine >= interval) {
      lastLine = now;
      double seconds = (now - started) / 1e9;
      say(name + ": " + TransferProgress.figures(from, bytes, total, seconds, quantity));
    }
  }

  @Override
  public synchronized void say(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {
    // every line stands for itself
  }
}
