package io.convoy.data.folder;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.image.ImageFormat;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;

/**
 * The class folders of a set, none of them looked into.
 *
 * @param folder the set's
 * @param names in their order (code units); without those that a list of classes leaves out
 * @param labels by these names
 * @param leftOut what else lies in the set's folder
 */
public record ClassFolders(
    String folder, List<String> names, Classes.Labels labels, LeftOut leftOut) {

  /**
   * Lists a folder.
   *
   * @param classes those that are read
   * @throws ConvoyException of kind DATA when there is no such folder, or no class in it
   */
  public static ClassFolders of(FileStore files, String folder, Classes classes) {
    List<FileStore.Entry> entries = list(files, folder);
    List<String> found = in(entries);
    if (found.isEmpty()) {
      throw ConvoyException.data(
          "%s: images lie in one folder a class, but there is no folder in it: expected images"
              + " (%s) as %s/<class>/<name>; it holds %s",
          folder,
          ImageFormat.titles(),
          folder,
          FolderSurvey.some(entries.stream().map(FileStore.Entry::name).toList()));
    }
    ClassFolders set =
        new ClassFolders(folder, new ArrayList<>(), classes.labels(found, folder), new LeftOut());
    entries.forEach(entry -> set.add(entry, classes));
    return set;
  }

  /** The folders that may stand for classes. */
  public static List<String> in(List<FileStore.Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.directory() && LeftOut.Reason.of(entry).isEmpty())
        .map(FileStore.Entry::name)
        .toList();
  }

  private void add(FileStore.Entry entry, Classes classes) {
    if (leftOut.takes(entry, "")) {
      return;
    }
    String name = entry.name();
    if (!entry.directory()) {
      boolean image = ImageName.of(name) == ImageName.IMAGE;
      leftOut.add(image ? LeftOut.Reason.UNSORTED : LeftOut.Reason.BESIDE, name);
    } else if (classes.othersLeftOut() && labels.of(name).isEmpty()) {
      leftOut.add(LeftOut.Reason.NOT_LISTED, name);
    } else {
      names.add(name);
    }
  }

  /** The children; of a folder that is missing, what lies around the place where it should be. */
  private static List<FileStore.Entry> list(FileStore files, String folder) {
    int end = folder.lastIndexOf('/');
    if (end < 1 || StoredFile.exists(files, folder)) {
      return StoredFile.list(files, folder);
    }
    throw FolderLayout.missing(files, folder.substring(0, end), folder.substring(end + 1));
  }

  /**
   * Refuses a folder whose only folder has folders in place of images: most often, that one holds
   * the classes.
   *
   * @param only the folder in it
   * @param below the folders in that one; empty text among them where it has images right in it
   */
  public static void requireLevel(String folder, String only, List<String> below) {
    if (below.size() > 1 && !below.contains("")) {
      throw ConvoyException.data(
          "%s: its only folder is %s, which holds the folders %s and no image: is %s/%s meant?"
              + " Classes are the folders of %s",
          folder, only, FolderSurvey.some(below), folder, only, folder);
    }
  }

  /** What to say of class folders that hold no image. */
  public static ConvoyException noImage(String folder, List<String> names) {
    return ConvoyException.data(
        "%s: no class folder has an image; expected images (%s) as %s/<class>/<name>; it holds"
            + " the folders %s",
        folder, ImageFormat.titles(), folder, FolderSurvey.some(names));
  }
}
