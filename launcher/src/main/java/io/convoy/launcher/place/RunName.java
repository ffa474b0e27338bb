package io.convoy.launcher.place;

import io.convoy.data.FileStore;
import io.convoy.error.ConvoyException;
import java.io.IOException;

/** The folder of a run whose user names none: {@code runs/<recipe>-<n>}, the first that is free. */
public final class RunName {
  /** Where runs go by default, below the working directory. */
  public static final String PARENT = "runs";

  private static final int MOST = 100_000;

  private RunName() {}

  /**
   * The first free folder.
   *
   * @param recipe the recipe's name; what a folder's name should not hold is left out of it
   */
  public static String firstFree(FileStore files, String recipe) {
    String stem = stem(recipe);
    for (int n = 1; n <= MOST; n++) {
      String folder = "%s/%s-%s".formatted(PARENT, stem, n);
      try {
        if (!files.exists(folder)) {
          return folder;
        }
      } catch (IOException e) {
        throw new ConvoyException(
            ConvoyException.Kind.RESOURCE,
            "%s cannot be looked at (%s): name the run's folder by --out".formatted(folder, e),
            e);
      }
    }
    throw ConvoyException.usage(
        "%s holds %d runs of this name already: name the run's folder by --out", PARENT, MOST);
  }

  /** A recipe's name without what the name of a file or folder should not hold. */
  public static String stem(String recipe) {
    String stem = recipe.strip().replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return stem.isEmpty() ? "run" : stem;
  }
}
