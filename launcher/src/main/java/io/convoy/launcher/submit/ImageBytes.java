package io.convoy.launcher.submit;

import io.convoy.data.FileStore;
import io.convoy.data.FileStore.Entry;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import java.io.IOException;

/** The bytes that the images of a data folder, training and test set, take in memory. */
public final class ImageBytes {
  /** How much gzip makes of a byte of images: 4.7 on MNIST, the barest of the known sets. */
  private static final long INFLATED = 5;

  /** Decoded images are kept up to here; of a larger set none is. */
  private static final long KEPT = 1L << 30;

  private ImageBytes() {}

  /**
   * Adds them up by the names and lengths of files; none is opened.
   *
   * @return 0 where the folder cannot be listed from here
   */
  public static long of(Recipe recipe, String folder, FileStore files) {
    try {
      return switch (recipe.data().format()) {
        case IDX, CIFAR10 -> stored(recipe.data().format(), folder, files);
        case FOLDERS, GLYPHS ->
            decoded(recipe, folder + "/train", files) + decoded(recipe, folder + "/test", files);
      };
    } catch (IOException e) {
      return 0;
    }
  }

  private static long stored(DataOptions.Format format, String folder, FileStore files)
      throws IOException {
    long bytes = 0;
    for (Entry file : files.list(folder)) {
      boolean ours =
          switch (format) {
            case IDX -> file.name().contains("idx");
            case CIFAR10 -> file.name().endsWith(".bin");
            case FOLDERS, GLYPHS -> false;
          };
      if (ours && !file.directory()) {
        bytes += file.name().endsWith(".gz") ? INFLATED * file.length() : file.length();
      }
    }
    return bytes;
  }

  private static long decoded(Recipe recipe, String folder, FileStore files) throws IOException {
    long bytes = 0;
    for (Entry label : files.list(folder)) {
      if (label.directory()) {
        bytes += (long) recipe.network().inputShape().elements() * files.list(label.path()).size();
      }
      if (bytes > KEPT) {
        return 0;
      }
    }
    return bytes;
  }
}
