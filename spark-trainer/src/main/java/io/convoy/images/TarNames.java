package io.convoy.images;

import io.convoy.data.FileStore;
import io.convoy.data.folder.LeftOut;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What tar files are called, and what the names in them say. */
public final class TarNames {
  /** The last ones are compressed by gzip. */
  private static final List<String> ENDINGS = List.of(".tar", ".tar.gz", ".tgz");

  private final LeftOut leftOut;

  /** A folder is left out once, as where it lies on a disk. */
  private final Set<String> foldersLeftOut = new HashSet<>();

  /**
   * @param leftOut counts what names leave out
   */
  TarNames(LeftOut leftOut) {
    this.leftOut = leftOut;
  }

  /** Whether a file is a tar file, by its name. */
  public static boolean isTar(String name) {
    return !ending(name).isEmpty();
  }

  static boolean isZipped(String name) {
    return ending(name).endsWith("gz");
  }

  /** The name of a tar file without its folder and ending. */
  public static String baseName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(0, name.length() - ending(name).length());
  }

  private static String ending(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().filter(lower::endsWith).findFirst().orElse("");
  }

  /**
   * The name of a file as a listing of folders would give it; empty where it is left out, as a
   * system's dropping or as one of its folders.
   */
  Optional<String> plain(String name) {
    StringBuilder plain = new StringBuilder();
    List<String> parts =
        List.of(name.split("/")).stream()
            .filter(part -> !part.isEmpty() && !part.equals("."))
            .toList();
    for (int i = 0; i < parts.size(); i++) {
      boolean folder = i < parts.size() - 1;
      String path = plain + parts.get(i);
      FileStore.Entry entry = new FileStore.Entry(parts.get(i), path, folder, 0, 0);
      if (foldersLeftOut.contains(path)) {
        return Optional.empty();
      }
      if (leftOut.takes(entry, plain.toString())) {
        if (folder) {
          foldersLeftOut.add(path);
        }
        return Optional.empty();
      }
      plain.append(parts.get(i)).append(folder ? "/" : "");
    }
    return Optional.of(plain.toString()).filter(found -> !found.isEmpty());
  }
}
