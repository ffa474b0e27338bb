package io.convoy.launcher.submit;

import io.convoy.data.FileStore;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import java.io.IOException;

/** The bytes that the images of a data folder, training and test set, take in memory. */
public final class ImageBytes {
  private ImageBytes() {}

  /**
   * Adds them up by the names and lengths of files; none is opened.
   *
   * @return 0 where the folder cannot be listed from here
   */
  public static long of(Recipe recipe, String folder, FileStore files) {
    try {
      return recipe.data().memory(files, folder, recipe.network().inputShape());
    } catch (IOException | ConvoyException e) {
      return 0;
    }
  }

  /**
   * The most that windows take in an executor which reads so many streams.
   *
   * @return 0 where there is no set to be seen from here
   */
  public static long windows(Recipe recipe, String folder, FileStore files, int streams) {
    try {
      return recipe.data().format().windowMemory(files, folder, streams);
    } catch (ConvoyException e) {
      return 0;
    }
  }
}
