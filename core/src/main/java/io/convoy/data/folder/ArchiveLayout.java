package io.convoy.data.folder;

import io.convoy.error.ConvoyException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where in an archive the class folders of a training set and a test set lie, by the folders of its
 * images. Archives often begin with a folder or two that all images share.
 *
 * @param training what stands before the names of the training set's class folders: empty, or
 *     folders and a slash
 * @param test likewise; empty where there is no test set
 * @param notes what a user may not expect of it
 */
public record ArchiveLayout(String training, Optional<String> test, List<String> notes) {

  /**
   * Looks through the folders.
   *
   * @param folders those with an image right in them, {@code a/b/c}
   * @param place the archive, for messages
   * @throws ConvoyException of kind DATA when there is a test set and no training set
   */
  public static ArchiveLayout of(Collection<String> folders, String place) {
    String above = "";
    while (true) {
      SortedSet<String> children = below(folders, above);
      SetNames names = SetNames.of(children);
      if (children.size() > 1) {
        return isDivided(folders, above, names, place)
            ? divided(above, names, children, place)
            : new ArchiveLayout(above, Optional.empty(), List.of());
      }
      if (children.isEmpty() || holdsImages(folders, above, children.first())) {
        return new ArchiveLayout(above, Optional.empty(), List.of());
      }
      above += children.first() + "/";
    }
  }

  /** The folders right below one. */
  private static SortedSet<String> below(Collection<String> folders, String above) {
    return folders.stream()
        .filter(folder -> folder.startsWith(above))
        .map(folder -> folder.substring(above.length()).split("/", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether the only folder is a class: images lie in it, and it is none of a set's. */
  private static boolean holdsImages(Collection<String> folders, String above, String only) {
    boolean ofSet = SetNames.isOne(only) && !below(folders, above + only + "/").isEmpty();
    return !ofSet && folders.contains(above + only);
  }

  /** As {@link FolderLayout} tells it: a class of vehicles may be called so, too. */
  private static boolean isDivided(
      Collection<String> folders, String above, SetNames names, String place) {
    if (names.training().isEmpty() && names.test().isPresent()) {
      throw ConvoyException.data(
          "%s: it holds a folder %s, and none that is called train: expected"
              + " train/<class>/<name> beside it",
          place, above + names.test().get());
    }
    return names.training().isPresent()
        && (names.test().isPresent()
            || !below(folders, above + names.training().get() + "/").isEmpty());
  }

  private static ArchiveLayout divided(
      String above, SetNames names, SortedSet<String> children, String place) {
    return new ArchiveLayout(
        above + names.training().orElseThrow() + "/",
        names.test().map(name -> above + name + "/"),
        names.notes(place, children));
  }
}
