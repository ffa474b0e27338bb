package io.convoy.launcher.command;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.place.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Where a contact sheet goes: a file of this machine.
 *
 * @param name as its user wrote it
 * @param path its full name
 */
record SheetFile(String name, Path path) {
  private static final String ENDING = ".png";

  /**
   * Looks at the place; writes nothing.
   *
   * @param named by {@code --out}; null where it was left out
   * @param stem of the file's name then
   * @throws ConvoyException of kind USAGE when no sheet can be written there
   */
  static SheetFile of(String named, String stem, Locations locations) {
    String name = named == null ? stem + "-preview" + ENDING : named;
    Path path =
        locations
            .local(name)
            .orElseThrow(
                () ->
                    ConvoyException.usage(
                        "the sheet is written on this machine; got --out %s: name a file here",
                        name));
    if (!name.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
      throw ConvoyException.usage(
          "the sheet is a PNG; got --out %s: name a file that ends in %s", name, ENDING);
    }
    if (Files.isDirectory(path)) {
      throw ConvoyException.usage("--out %s is a folder: name a file for the sheet", name);
    }
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw ConvoyException.usage(
          "--out %s: there is no folder %s: create it, or name another file", name, folder);
    }
    return new SheetFile(name, path);
  }

  /**
   * Writes the sheet beside its place, and moves it there: what is there is whole.
   *
   * @throws ConvoyException of kind RESOURCE when it cannot be written
   */
  void write(byte[] png) {
    Path beside =
        path.resolveSibling(path.getFileName() + ".writing-" + ProcessHandle.current().pid());
    try {
      try {
        Files.write(beside, png);
        Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s: the sheet cannot be written (%s: %s): free some space, or name another file by --out"
              .formatted(name, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }
}
