package io.convoy.trials;

import java.util.List;

/** What whoever has made the trials' recipes knows of the best one. */
public interface TrialRecipes {
  /** The whole recipe of a trial, as a text that can be trained. */
  String text(int trial);

  /** What is worth a second search where this trial is the best. */
  List<String> warnings(int trial);
}
