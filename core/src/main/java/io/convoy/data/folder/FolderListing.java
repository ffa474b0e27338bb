package io.convoy.data.folder;

import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
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
public record FolderListing(
    Map<String, List<FolderWalk.Found>> images, Classes.Labels labels, LeftOut leftOut) {

  /**
   * Lists all folders.
   *
   * @param classes those that are read; others are not looked into where a recipe leaves them out
   * @throws io.convoy.error.ConvoyException of kind DATA when there is no such folder, no class in
   *     it, or a link in it leads in a circle
   */
  public static FolderListing of(FileStore files, String folder, Classes classes) {
    ClassFolders set = ClassFolders.of(files, folder, classes);
    FolderWalk walk = FolderWalk.from(files, folder);
    Map<String, List<FolderWalk.Found>> images = new LinkedHashMap<>();
    for (String name : set.names()) {
      List<FolderWalk.Found> below = new ArrayList<>();
      walk.into(folder + "/" + name).files(name, set.leftOut()).forEachRemaining(below::add);
      below.sort(Comparator.comparing(FolderWalk.Found::name));
      images.put(name, below);
    }
    return new FolderListing(images, set.labels(), set.leftOut());
  }

  /** SHA-256 of names, sizes and times. */
  public String version() {
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
