package io.convoy.check;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a check has found.
 *
 * @param check its name
 * @param verdict what it comes to
 * @param found the figures, in words
 * @param advice what to do, or what good figures would be
 * @param shortened what was left out to keep to the time; empty where nothing was
 * @param figures the same and more, for programs
 */
public record CheckFinding(
    String check,
    Verdict verdict,
    String found,
    String advice,
    String shortened,
    ObjectNode figures) {

  /** Whether somebody should look at it. */
  public enum Verdict {
    GOOD,
    LOOK
  }

  static CheckFinding of(
      String check, boolean good, String found, String advice, ObjectNode figures) {
    return new CheckFinding(check, good ? Verdict.GOOD : Verdict.LOOK, found, advice, "", figures);
  }

  /** The same, where there was no time for all of it. */
  CheckFinding shortenedTo(long done, long wanted, String what) {
    return done >= wanted
        ? this
        : new CheckFinding(
            check,
            verdict,
            found,
            advice,
            "%s of %s %s, to keep to the time".formatted(done, wanted, what),
            figures.put("done", done).put("wanted", wanted));
  }
}
