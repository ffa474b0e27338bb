package io.convoy.launcher.progress;

import io.convoy.fault.WaitingForData;
import io.convoy.recipe.Recipe;
import java.util.Locale;

/** What is said of the time that steps waited for data, as a share of their time. */
public final class DataWait {
  private DataWait() {}

  /** {@code ", data wait 12 %"}; empty where it is too little to be worth the room. */
  static String whileTraining(double waited, double seconds) {
    return seconds > 0 && waited >= WaitingForData.NOTABLE * seconds
        ? String.format(Locale.ROOT, ", data wait %.0f %%", 100 * waited / seconds)
        : "";
  }

  /** {@code 12.3 % of the steps' time}, and where that is much, what makes it less. */
  public static String inSum(double share, Recipe recipe) {
    String text = String.format(Locale.ROOT, "%.1f %% of the steps' time", 100 * share);
    return share < WaitingForData.NOTABLE
        ? text
        : text + "; it is less with " + WaitingForData.advice(recipe);
  }
}
