package io.convoy.launcher.submit;

import io.convoy.data.FileStore;
import io.convoy.data.reader.DataFormat;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import java.io.IOException;

/**
 * The bytes that the images of a data folder, training and test set, take in memory: those that
 * stay there, or the windows that are open at a time.
 */
public final class ImageBytes {
  private ImageBytes() {}

  /**
   * Adds them up by the names and lengths of files; none is opened.
   *
   * @return 0 where the folder cannot be listed from here
   */
  public static long of(Recipe recipe, String folder, FileStore files) {
    try {
      DataFormat format = recipe.data().format();
      return format.memory(files, folder, recipe.network().inputShape())
          + format.windowMemory(files, folder, recipe.shards());
    } catch (IOException | ConvoyException e) {
      return 0;
    }
  }
}
