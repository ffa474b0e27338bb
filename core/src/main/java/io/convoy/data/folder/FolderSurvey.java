package io.convoy.data.folder;

import io.convoy.data.FileStore;
import io.convoy.data.LocalNames;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What lies in a folder that lacks what was looked for: most often, the folder above or below it
 * was meant.
 */
public final class FolderSurvey {
  private static final int NAMED = 5;

  /** Folders that are looked into: each look may be a question to a name node. */
  private static final int LOOKED_INTO = 20;

  /** A name that every character set knows; for one that it does not know, Java may write '?'. */
  private static final Pattern IN_ASCII = Pattern.compile("[ -~&&[^?]]*");

  private FolderSurvey() {}

  /**
   * A part of a sentence for an error.
   *
   * @param wanted names, one of which should have been in the folder
   * @return what is in it, and which folder is likely to be meant
   * @throws ConvoyException when the folder cannot be read, and of kind DATA when there is none
   */
  public static String of(FileStore files, String folder, Collection<String> wanted) {
    if (!StoredFile.exists(files, folder)) {
      throw ConvoyException.data(
          "%s: no such folder: look for a mistyped path, or put the data there (convoy fetch gets"
              + " published sets)%s",
          folder, IN_ASCII.matcher(folder).matches() ? "" : LocalNames.remedy());
    }
    List<FileStore.Entry> entries = visible(files, folder);
    return "it holds %s%s"
        .formatted(
            some(entries.stream().map(FileStore.Entry::name).toList()),
            meant(files, folder, entries, wanted)
                .map(place -> "; is %s meant?".formatted(place))
                .orElse(""));
  }

  /** The folder, below or above a given one, that has what was looked for. */
  public static Optional<String> meant(FileStore files, String folder, Collection<String> wanted) {
    return meant(files, folder, visible(files, folder), wanted);
  }

  private static List<FileStore.Entry> visible(FileStore files, String folder) {
    return StoredFile.list(files, folder).stream()
        .filter(entry -> !entry.name().startsWith("."))
        .toList();
  }

  /** The first of some names, and how many more there are. */
  public static String some(List<String> names) {
    return some(names, names.size());
  }

  /**
   * Likewise, of names that were not all kept.
   *
   * @param count how many there are
   */
  public static String some(List<String> names, long count) {
    if (names.isEmpty()) {
      return "nothing";
    }
    List<String> first = names.stream().limit(NAMED).toList();
    long further = count - first.size();
    String listed = String.join(", ", first);
    return further > 0 ? "%s and %s more".formatted(listed, further) : listed;
  }

  private static Optional<String> meant(
      FileStore files, String folder, List<FileStore.Entry> entries, Collection<String> wanted) {
    Optional<String> below =
        entries.stream()
            .filter(FileStore.Entry::directory)
            .limit(LOOKED_INTO)
            .map(FileStore.Entry::path)
            .filter(place -> holdsOne(files, place, wanted))
            .findFirst();
    int end = folder.replaceAll("/+$", "").lastIndexOf('/');
    return below.or(
        () ->
            Optional.of(folder.substring(0, Math.max(0, end)))
                .filter(above -> !above.isEmpty() && holdsOne(files, above, wanted)));
  }

  private static boolean holdsOne(FileStore files, String folder, Collection<String> wanted) {
    try {
      return wanted.stream().anyMatch(name -> StoredFile.exists(files, folder + "/" + name));
    } catch (ConvoyException e) {
      return false; // a guess that cannot be made is none
    }
  }
}
