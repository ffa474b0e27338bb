package io.convoy.launcher.recipe;

import io.convoy.error.ConvoyException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths of this machine that the user names. */
public final class LocalPath {
  private LocalPath() {}

  /**
   * The path of a name.
   *
   * @throws ConvoyException of kind USAGE when this machine's file systems cannot have it: it holds
   *     a zero character, or one that the locale's character set lacks
   */
  public static Path of(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw refused(e);
    }
  }

  /** What to tell of a name that no file here can have, whoever found that out. */
  public static ConvoyException refused(InvalidPathException error) {
    String name = error.getInput();
    String reason =
        name.indexOf('\0') < 0
            ? "its characters must be of the locale's set, %s: set LC_ALL=C.UTF-8, or take another"
                .formatted(System.getProperty("sun.jnu.encoding"))
            : "it holds a zero character: take another";
    return new ConvoyException(
        ConvoyException.Kind.USAGE,
        "'%s' cannot be the name of a file: %s".formatted(name.replace("\0", "\\0"), reason),
        error);
  }
}
