package io.convoy.launcher.progress;

import io.convoy.data.examine.ExaminedSet;
import io.convoy.error.ConvoyException;
import io.convoy.train.DataSummary;
import io.convoy.train.Evaluator;
import io.convoy.train.ValidationResult;
import io.convoy.trainer.TrainingListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows a training on stderr, until it is closed. */
public interface Progress extends TrainingListener, AutoCloseable {
  /** The system property that chooses: {@code bar}, {@code plain} or {@code none}. */
  String PROPERTY = "convoy.progress";

  /** The time between plain lines. */
  Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

  /** Says something between the figures. */
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

  @Override
  default void onExamined(ExaminedSet set) {
    set.inWords().forEach(sentence -> say("data: " + sentence));
  }

  @Override
  default void onData(DataSummary data) {
    say("data: " + data.line());
    data.notes().forEach(note -> say("data: " + note));
  }

  @Override
  default void onRestart(long step, String reason) {
    say("a segment was lost (%s); going on from step %s".formatted(reason, step));
  }

  @Override
  default void onValidation(ValidationResult result) {
    say(
        String.format(
            Locale.ROOT,
            "step %d: validation accuracy %.2f %%, validation loss %.4f",
            result.step(),
            100 * result.accuracy(),
            result.loss()));
  }

  @Override
  default void onSnapshot(long step, int number, int all) {
    say("step %s: snapshot %s of %s is kept".formatted(step, number, all));
  }

  @Override
  default void onRefresh(long step, long samples) {
    say(
        String.format(
            Locale.ROOT,
            "step %d: batch norm of the averaged weights is measured on %,d training images",
            step,
            samples));
  }

  @Override
  default void onEarlyStop(long step, String reason) {
    say("step %s: stopped early: %s".formatted(step, reason));
  }

  @Override
  default void onEvaluation(long step, Evaluator.Result result) {
    say(
        String.format(
            Locale.ROOT,
            "step %d: test accuracy %.2f %%, test loss %.4f",
            step,
            100 * result.accuracy(),
            result.loss()));
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
