package io.convoy.trials;

import io.convoy.search.PartResult;
import io.convoy.search.TrialResult;

/** Who is told how a search goes on. */
public interface SearchListener {
  /**
   * A rung begins.
   *
   * @param rung its number, from 0
   * @param trials that are compared at it
   * @param epochs that each of them has behind it at the end
   * @param done parts of trials that are done already
   * @param parts of trials altogether
   */
  default void onRung(int rung, int trials, int epochs, int done, int parts) {}

  /**
   * A part of a trial is done; told by one thread at a time.
   *
   * @param done parts of this rung
   */
  default void onPart(PartResult part, int done) {}

  /**
   * All parts of a trial are done; told by one thread at a time.
   *
   * @param best whether it is the best of its rung so far
   */
  default void onTrial(TrialResult trial, boolean best) {}

  /** A line for people. */
  default void say(String line) {}
}
