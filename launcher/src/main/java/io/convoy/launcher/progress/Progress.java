package io.convoy.launcher.progress;

import io.convoy.error.ConvoyException;
import io.convoy.trainer.TrainingReporter;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows a training on stderr, until it is closed. */
public interface Progress extends TrainingReporter, AutoCloseable {
  /** The system property that chooses: {@code bar}, {@code plain} or {@code none}. */
  String PROPERTY = "convoy.progress";

  /** The time between plain lines. */
  Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

  /** Says something between the figures. */
  @Override
  void say(String line);

  /** What is said of images under examination. */
  static String examined(long done, long total) {
    return String.format(Locale.ROOT, "examined %,d of %,d images", done, total);
  }

  /** What is said of images that the standardization is measured on. */
  static String measured(long done, long total) {
    return String.format(
        Locale.ROOT, "standardization: measured %,d of %,d training images", done, total);
  }

  /** Ends the display; the figures of the last step have been shown. */
  @Override
  void close();

  /**
   * The display that was asked for, or else the one that fits.
   *
   * @param choice the value of {@link #PROPERTY}; null for a bar on a terminal and plain lines
   *     elsewhere
   * @param terminal whether a person looks on
   * @throws ConvoyException of kind USAGE for any other choice
   */
  static Progress choose(String choice, boolean terminal, PrintStream err) {
    LongSupplier clock = System::nanoTime;
    return switch (choice == null ? terminal ? "bar" : "plain" : choice) {
      case "bar" -> new BarProgress(err, clock);
      case "plain" -> new PlainProgress(err, clock, PLAIN_INTERVAL);
      case "none" -> new NoProgress();
      default ->
          throw ConvoyException.usage("-D%s is bar, plain or none; got '%s'", PROPERTY, choice);
    };
  }
}
