package io.convoy.data;

import io.convoy.error.ConvoyException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of files on this machine. The system keeps them as bytes; Java takes these for text by
 * the locale's character set. What that set does not know cannot be opened, and Java's listings
 * pass over it without a word: so here every listing is held against what can be read.
 */
public final class LocalNames {
  private static final String UTF_8 = "UTF-8";
  private static final int NAMED = 3;

  /** What stands for bytes that are no text; Java writes a question mark instead at times. */
  private static final char REPLACEMENT = '\uFFFD';

  private LocalNames() {}

  /** The character set that this Java takes the names of files for. */
  public static String charset() {
    return System.getProperty("sun.jnu.encoding", UTF_8);
  }

  /**
   * What to do about a character set that is not UTF-8.
   *
   * @return a sentence behind a semicolon; empty where it is UTF-8
   */
  public static String remedy() {
    if (charset().equals(UTF_8)) {
      return "";
    }
    return "; this Java takes the names of files for %s: start it in a UTF-8 locale, such as by"
            .formatted(charset())
        + " LC_ALL=C.UTF-8 (executors: --conf spark.executorEnv.LC_ALL=C.UTF-8; a driver on YARN:"
        + " --conf spark.yarn.appMasterEnv.LC_ALL=C.UTF-8)";
  }

  /** The {@link #remedy} where a name may have been read by the wrong character set. */
  static String remedyFor(String name) {
    boolean replaced = name.indexOf('?') >= 0 || name.indexOf(REPLACEMENT) >= 0;
    return replaced ? remedy() : "";
  }

  /**
   * The path that a name stands for.
   *
   * @throws ConvoyException of kind USAGE when no file can have this name here
   */
  public static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw refused(e);
    }
  }

  /** What to say of a name that no file here can have, whoever found that out. */
  public static ConvoyException refused(InvalidPathException error) {
    String name = error.getInput();
    String reason =
        name.indexOf('\0') < 0
            ? "it has characters that the set %s lacks%s".formatted(charset(), remedy())
            : "it holds a zero character; take another";
    return new ConvoyException(
        ConvoyException.Kind.USAGE,
        "'%s' cannot be the name of a file here: %s".formatted(name.replace("\0", "\\0"), reason),
        error);
  }

  /**
   * Checks that all that a folder lists can be read. Hidden names, which begin with a dot, do not
   * count.
   *
   * @param listed the names in the folder
   * @param readable those of them whose file could be looked at
   * @throws ConvoyException of kind DATA that names what is missing
   */
  public static void requireReadable(
      String folder, Collection<String> listed, Collection<String> readable) {
    Set<String> missing = new LinkedHashSet<>(listed);
    missing.removeAll(readable);
    missing.removeIf(name -> name.startsWith("."));
    if (missing.isEmpty()) {
      return;
    }
    String names = missing.stream().sorted().limit(NAMED).collect(Collectors.joining(", "));
    int further = missing.size() - NAMED;
    throw ConvoyException.data(
        "%s: %s of its %s names cannot be read (%s%s): the file was deleted meanwhile, or it is a"
            + " link that leads nowhere: mend it, or take it away%s",
        folder,
        missing.size(),
        listed.size(),
        names,
        further > 0 ? " and %s more".formatted(further) : "",
        remedy());
  }
}
