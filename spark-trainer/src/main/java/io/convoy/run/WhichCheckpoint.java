package io.convoy.run;

import io.convoy.error.ConvoyException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a run's checkpoints is meant.
 *
 * @param kind how it is chosen
 * @param step its step where that says it, else 0
 */
public record WhichCheckpoint(Kind kind, long step) {
  /** How a checkpoint is chosen. */
  public enum Kind {
    /** The newest whole one. */
    NEWEST,
    /** The best by validation, of a run that keeps it. */
    BEST,
    /** By its step. */
    STEP
  }

  /** The newest whole one. */
  public static final WhichCheckpoint NEWEST = new WhichCheckpoint(Kind.NEWEST, 0);

  /** The best by validation, of a run that keeps it. */
  public static final WhichCheckpoint BEST = new WhichCheckpoint(Kind.BEST, 0);

  private static final Pattern STEP = Pattern.compile("step:(\\d{1,18})");

  /** That of a step. */
  public static WhichCheckpoint ofStep(long step) {
    return new WhichCheckpoint(Kind.STEP, step);
  }

  /**
   * Reads a choice as a command line gives it: {@code newest}, {@code best} or {@code step:1200}.
   *
   * @throws ConvoyException of kind USAGE when it is none
   */
  public static WhichCheckpoint of(String text) {
    Matcher step = STEP.matcher(text);
    if (step.matches()) {
      return ofStep(Long.parseLong(step.group(1)));
    }
    return switch (text) {
      case "newest" -> NEWEST;
      case "best" -> BEST;
      default ->
          throw ConvoyException.usage(
              "a checkpoint is newest, best or that of a step, such as step:1200; got '%s'", text);
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NEWEST -> "newest";
      case BEST -> "best";
      case STEP -> "step:" + step;
    };
  }
}
