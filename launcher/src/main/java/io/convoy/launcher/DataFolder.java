package io.convoy.launcher;

import io.convoy.error.ConvoyException;
import io.convoy.train.DataOptions;
import io.convoy.train.Recipe;
import java.nio.file.Path;

/** The folder of a recipe's images: named by the user, named by the recipe, or drawn into. */
final class DataFolder {
  private DataFolder() {}

  /**
   * The folder's full name; what can be drawn is there afterwards.
   *
   * @param named by {@code --data}; null where it was left out
   * @param run the run's folder: drawn images go beside it
   * @throws ConvoyException of kind USAGE when no folder is named and the format needs one
   */
  static String of(
      Recipe recipe, String named, String run, Locations locations, Console console) {
    String folder = named == null ? recipe.data().path() : named;
    return switch (recipe.data().format()) {
      case IDX, FOLDERS -> locations.absolute(required(folder, recipe.data().format()));
      case GLYPHS -> glyphs(recipe, folder, run, locations, console);
    };
  }

  private static String required(String folder, DataOptions.Format format) {
    if (folder != null) {
      return folder;
    }
    throw ConvoyException.usage(
        "the recipe does not say where its images are: name their folder by --data DIR, or by"
            + " data.path in the recipe; format %s wants in it %s",
        format == DataOptions.Format.IDX ? "idx" : "folders",
        format == DataOptions.Format.IDX
            ? "train-images-idx3-ubyte, train-labels-idx1-ubyte and the t10k- files, gzip or not"
            : "train/CLASS/*.jpg and test/CLASS/*.jpg (or .png)");
  }

  private static String glyphs(
      Recipe recipe, String named, String run, Locations locations, Console console) {
    Path folder =
        named == null
            ? beside(run, locations).resolve(Glyphs.folderName(recipe.network().inputShape()))
            : locations
                .local(named)
                .orElseThrow(
                    () ->
                        ConvoyException.usage(
                            "glyphs are drawn into a folder of this machine; got %s: name another"
                                + " by --data, or copy drawn ones there and use format folders",
                            named));
    Glyphs.drawIfMissing(folder, recipe.network().inputShape(), console);
    return locations.absolute(folder.toString());
  }

  /** {@code data} beside the run, or in the working directory where the run lies elsewhere. */
  private static Path beside(String run, Locations locations) {
    return locations
        .local(run)
        .map(Path::getParent)
        .orElseGet(() -> Path.of(RunName.PARENT).toAbsolutePath())
        .resolve("data");
  }
}
