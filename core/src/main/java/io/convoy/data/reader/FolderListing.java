package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.StoredFile;
import io.convoy.data.image.ImageFormat;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a folder of class folders holds, by the names of its files: none is opened.
 *
 * @param images what may be an image, by the class folder in the order of their names (code units);
 *     in each, by its name below the class folder (code units too, of the whole of {@code a/b.jpg})
 * @param labels by the folders' names
 * @param leftOut what is no part of the data set
 */
record FolderListing(
    Map<String, List<FolderWalk.Found>> images, Classes.Labels labels, LeftOut leftOut) {

  /**
   * Lists all folders.
   *
   * @param classes those that are read; others are not looked into where a recipe leaves them out
   * @throws ConvoyException of kind DATA when there is no such folder, no class in it, or a link in
   *     it leads in a circle
   */
  static FolderListing of(FileStore files, String folder, Classes classes) {
    List<FileStore.Entry> entries = list(files, folder);
    List<String> found = classNames(entries);
    if (found.isEmpty()) {
      throw ConvoyException.data(
          "%s: images lie in one folder a class, but there is no folder in it: expected images"
              + " (%s) as %s/<class>/<name>; it holds %s",
          folder,
          ImageFormat.titles(),
          folder,
          FolderSurvey.some(entries.stream().map(FileStore.Entry::name).toList()));
    }
    FolderListing listing =
        new FolderListing(new LinkedHashMap<>(), classes.labels(found, folder), new LeftOut());
    FolderWalk walk = FolderWalk.from(files, folder);
    for (FileStore.Entry entry : entries) {
      listing.add(entry, walk, classes.othersLeftOut());
    }
    return listing;
  }

  /** The folders that may stand for classes. */
  static List<String> classNames(List<FileStore.Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.directory() && LeftOut.Reason.of(entry).isEmpty())
        .map(FileStore.Entry::name)
        .toList();
  }

  private void add(FileStore.Entry entry, FolderWalk walk, boolean othersLeftOut) {
    if (leftOut.takes(entry, "")) {
      return;
    }
    String name = entry.name();
    if (!entry.directory()) {
      boolean image = ImageName.of(name) == ImageName.IMAGE;
      leftOut.add(image ? LeftOut.Reason.UNSORTED : LeftOut.Reason.BESIDE, name);
      return;
    }
    if (othersLeftOut && labels.of(name).isEmpty()) {
      leftOut.add(LeftOut.Reason.NOT_LISTED, name);
      return;
    }
    List<FolderWalk.Found> below = new ArrayList<>();
    walk.into(entry).collect("", name, leftOut, below);
    below.sort(Comparator.comparing(FolderWalk.Found::name));
    images.put(name, below);
  }

  /** The children; of a folder that is missing, what lies around the place where it should be. */
  private static List<FileStore.Entry> list(FileStore files, String folder) {
    int end = folder.lastIndexOf('/');
    if (end < 1 || StoredFile.exists(files, folder)) {
      return StoredFile.list(files, folder);
    }
    throw FolderLayout.missing(files, folder.substring(0, end), folder.substring(end + 1));
  }

  /** SHA-256 of names, sizes and times. */
  String version() {
    Fingerprint sum = new Fingerprint();
    images.forEach(
        (name, found) -> {
          sum.add(name).add(found.size());
          found.forEach(
              file ->
                  sum.add(file.name()).add(file.entry().length() + "@" + file.entry().modified()));
        });
    return sum.hex();
  }
}
