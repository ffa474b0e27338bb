package io.convoy.launcher.progress;

import io.convoy.error.ConvoyException;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Shows on stderr how files come in, until it is closed. One file after the other; {@link #at} may
 * come from any thread.
 */
public interface TransferProgress extends AutoCloseable {
  /**
   * A file begins, or goes on.
   *
   * @param name what people call it
   * @param from bytes that are there already
   * @param total bytes at the end
   */
  default void start(String name, long from, long total) {
    start(name, from, total, Quantity.BYTES);
  }

  /**
   * Something else than a file begins, or goes on.
   *
   * @param name what people call it
   * @param from what is there already
   * @param total what is there at the end
   * @param quantity what is counted
   */
  void start(String name, long from, long total, Quantity quantity);

  /** So many bytes of the file are there, or whatever is counted. */
  void at(long bytes);

  /** Says something between the figures. */
  void say(String line);

  /** Ends the display of the current file. */
  @Override
  void close();

  /**
   * The display that was asked for, or else the one that fits; see {@link Progress#choose}.
   *
   * @throws ConvoyException of kind USAGE for any other choice
   */
  static TransferProgress choose(String choice, boolean terminal, PrintStream err) {
    return switch (choice == null ? terminal ? "bar" : "plain" : choice) {
      case "bar" -> new BarTransfers(err);
      case "plain" -> new PlainTransfers(err, System::nanoTime, Progress.PLAIN_INTERVAL);
      case "none" -> new NoTransfers(err);
      default ->
          throw ConvoyException.usage(
              "-D%s is bar, plain or none; got '%s'", Progress.PROPERTY, choice);
    };
  }

  /** {@code 12.3 MiB of 25.2 MiB, 3.41 MiB/s, 0:04 left}; without a speed while there is none. */
  static String figures(long from, long bytes, long total, double seconds, Quantity quantity) {
    String text = quantity.of(bytes, total);
    double speed = seconds < 0.5 ? 0 : (bytes - from) / seconds;
    return bytes <= from || (quantity == Quantity.BYTES && speed < 1)
        ? text
        : String.format(
            Locale.ROOT,
            "%s, %s/s, %s left",
            text,
            quantity.speed(speed),
            Figures.time((total - bytes) / speed));
  }
}
