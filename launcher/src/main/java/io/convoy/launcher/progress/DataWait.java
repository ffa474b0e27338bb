package io.convoy.launcher.progress;

import io.convoy.data.image.DecodeScale;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of the time that steps waited for data, as a share of their time. */
public final class DataWait {
  /** From here on it is told while a training runs, and something should be done about it. */
  private static final double NOTABLE = 0.05;

  private DataWait() {}

  /** {@code ", data wait 12 %"}; empty where it is too little to be worth the room. */
  static String whileTraining(double waited, double seconds) {
    return seconds > 0 && waited >= NOTABLE * seconds
        ? String.format(Locale.ROOT, ", data wait %.0f %%", 100 * waited / seconds)
        : "";
  }

  /** {@code 12.3 % of the steps' time}, and where that is much, what makes it less. */
  public static String inSum(double share, Recipe recipe) {
    String text = String.format(Locale.ROOT, "%.1f %% of the steps' time", 100 * share);
    return share < NOTABLE ? text : text + "; it is less with " + advice(recipe);
  }

  private static String advice(Recipe recipe) {
    DataOptions data = recipe.data();
    List<String> means = new ArrayList<>();
    if (recipe.sync() == Sync.DRIVER) {
      means.add("sync: peers (which reads ahead)");
    }
    if (data.format().isExamined()) {
      means.add("a packed set (convoy pack)");
    }
    if (data.resizing() != null && data.format().decodes() && data.decode() != DecodeScale.FIT) {
      means.add("data.decode: fit (in a new run)");
    }
    means.add("more executors");
    return String.join(", ", means) + ", or more cores for each";
  }
}
