package io.convoy.launcher.place;

import io.convoy.data.reader.DataFormat;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.fetch.PublishedSet;
import io.convoy.launcher.terminal.Console;
import io.convoy.recipe.Recipe;
import io.convoy.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a recipe's images: named by the user, named by the recipe, or one to draw into.
 *
 * @param location its full name
 * @param drawn where images are drawn if they are missing: a folder of this machine
 * @param images the shape of each, {@code [height, width, channels]}
 */
public record DataFolder(String location, Optional<Path> drawn, Shape images) {
  /**
   * Finds the folder; touches nothing.
   *
   * @param named by {@code --data}; null where it was left out
   * @param run the run's folder: drawn images go beside it
   * @throws ConvoyException of kind USAGE when no folder is named and the format needs one
   */
  public static DataFolder of(Recipe recipe, String named, String run, Locations locations) {
    String folder = named == null ? recipe.data().path() : named;
    Shape images = recipe.network().inputShape();
    DataFormat format = recipe.data().format();
    if (!format.isDrawn()) {
      return new DataFolder(locations.absolute(required(folder, format)), Optional.empty(), images);
    }
    Path local = folder == null ? beside(run, locations, images) : local(folder, locations);
    return new DataFolder(locations.absolute(local.toString()), Optional.of(local), images);
  }

  private static String required(String folder, DataFormat format) {
    if (folder != null) {
      return folder;
    }
    throw ConvoyException.usage(
        "the recipe does not say where its images are: name their folder by --data DIR, or by"
            + " data.path in the recipe; it holds %s%s",
        format.expected(), fetched(format));
  }

  private static String fetched(DataFormat format) {
    List<String> names = PublishedSet.namesOf(format);
    return names.isEmpty()
        ? ""
        : "; convoy fetch NAME DIR fetches such images: NAME is " + String.join(" or ", names);
  }

  private static Path local(String folder, Locations locations) {
    return locations
        .local(folder)
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "glyphs are drawn into a folder of this machine; got %s: name another by"
                        + " --data, or copy drawn ones there and set data.format=folders",
                    folder));
  }

  /** {@code data} beside the run, or below the working directory where the run is elsewhere. */
  private static Path beside(String run, Locations locations, Shape images) {
    return locations
        .local(run)
        .map(Path::getParent)
        .orElseGet(() -> Path.of(RunName.PARENT).toAbsolutePath())
        .resolve("data")
        .resolve(Glyphs.folderName(images));
  }

  /**
   * Draws the images where they can be drawn and are missing.
   *
   * @throws ConvoyException of kind USAGE when the folder holds anything else, of kind RESOURCE
   *     when it cannot be written
   */
  public void drawIfMissing(Console console) {
    drawn.ifPresent(folder -> Glyphs.drawIfMissing(folder, images, console));
  }
}
