package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.Fingerprint;
import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a folder of class folders holds, by the names of its files.
 *
 * @param images what lies in each class folder, hidden files apart, by the class
 * @param leftOut in words, what is no part of the data set
 */
record FolderListing(Map<String, List<FileStore.Entry>> images, List<String> leftOut) {

  /**
   * Lists all folders.
   *
   * @throws ConvoyException of kind DATA when there is no such folder, or no class in it
   */
  static FolderListing of(FileStore files, String folder) {
    Map<String, List<FileStore.Entry>> images = new LinkedHashMap<>();
    List<String> hidden = new ArrayList<>();
    List<String> beside = new ArrayList<>();
    for (FileStore.Entry entry : list(files, folder)) {
      if (isHidden(entry)) {
        hidden.add(entry.name());
      } else if (!entry.directory()) {
        beside.add(entry.name());
      } else {
        images.put(entry.name(), new ArrayList<>());
        for (FileStore.Entry image : StoredFile.list(files, entry.path())) {
          if (isHidden(image)) {
            hidden.add(entry.name() + "/" + image.name());
          } else {
            images.get(entry.name()).add(image);
          }
        }
      }
    }
    if (images.isEmpty()) {
      throw ConvoyException.data(
          "%s: images lie in one folder a class, but there is no folder in it: expected"
              + " %s/<class>/<name>.jpg, .jpeg or .png; it holds %s",
          folder, folder, FolderSurvey.some(beside));
    }
    List<String> leftOut = new ArrayList<>();
    addLeftOut(leftOut, folder, "hidden", hidden);
    addLeftOut(leftOut, folder, "beside the class folders", beside);
    return new FolderListing(images, leftOut);
  }

  /** The children; of a folder that is missing, what lies around the place where it should be. */
  private static List<FileStore.Entry> list(FileStore files, String folder) {
    int end = folder.lastIndexOf('/');
    if (end < 1 || StoredFile.exists(files, folder)) {
      return StoredFile.list(files, folder);
    }
    String above = folder.substring(0, end);
    String name = folder.substring(end + 1);
    throw ConvoyException.data(
        "%s: there is no folder %s in it, with the images as %s/<class>/<name>.jpg, .jpeg or .png;"
            + " %s",
        above, name, name, FolderSurvey.of(files, above, List.of(name)));
  }

  private static boolean isHidden(FileStore.Entry entry) {
    return entry.name().startsWith(".");
  }

  private static void addLeftOut(
      List<String> leftOut, String folder, String why, List<String> names) {
    if (!names.isEmpty()) {
      leftOut.add("%s: left out as %s: %s".formatted(folder, why, FolderSurvey.some(names)));
    }
  }

  List<String> classNames() {
    return List.copyOf(images.keySet());
  }

  /** SHA-256 of names, sizes and times. */
  String version() {
    Fingerprint sum = new Fingerprint();
    images.forEach(
        (name, entries) -> {
          sum.add(name).add(entries.size());
          entries.forEach(
              entry -> sum.add(entry.name()).add(entry.length() + "@" + entry.modified()));
        });
    return sum.hex();
  }
}
