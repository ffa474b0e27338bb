package io.convoy.data.folder;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.image.ImageFormat;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.Optional;

/**
 * Which folders hold the training set and the test set.
 *
 * @param training the folder of the training set's class folders
 * @param test likewise; empty where there is no test set
 * @param notes what a user may not expect of it
 */
public record FolderLayout(String training, Optional<String> test, List<String> notes) {
  private static final List<String> TRAIN = SetNames.TRAIN;

  /**
   * Looks into a folder.
   *
   * @throws ConvoyException of kind DATA when it holds neither a training set nor class folders
   */
  public static FolderLayout of(FileStore files, String folder) {
    if (!StoredFile.exists(files, folder)) {
      throw missing(files, folder, TRAIN.get(0));
    }
    List<FileStore.Entry> entries = StoredFile.list(files, folder);
    List<String> folders = ClassFolders.in(entries);
    SetNames names = SetNames.of(folders);
    Optional<String> train = names.training();
    boolean ofClasses =
        train.isPresent()
            && names.test().isEmpty()
            && isClass(files, folder + "/" + train.get(), folders);
    if (train.isPresent() && !ofClasses) {
      return divided(folder, entries, names);
    }
    boolean elsewhere =
        folders.isEmpty()
            || (train.isEmpty() && FolderSurvey.meant(files, folder, TRAIN).isPresent());
    if (names.test().isPresent() || elsewhere) {
      throw missing(files, folder, TRAIN.get(0));
    }
    return new FolderLayout(
        folder,
        Optional.empty(),
        List.of(
            folder
                + ": it has no folders train and test of classes: its folders are taken for the classes, and"
                + " there is no test set"));
  }

  /**
   * Whether a folder is one set: it holds class folders, and no folders of sets. It may itself lie
   * among those.
   *
   * @throws ConvoyException of kind DATA when there is no such folder
   */
  public static boolean isOneSet(FileStore files, String folder) {
    List<String> folders = ClassFolders.in(StoredFile.list(files, folder));
    SetNames names = SetNames.of(folders);
    return !folders.isEmpty()
        && names.test().isEmpty()
        && names
            .training()
            .map(train -> isClass(files, folder + "/" + train, folders))
            .orElse(true);
  }

  /** One among others, without folders of its own: a class of vehicles. */
  private static boolean isClass(FileStore files, String train, List<String> folders) {
    return folders.size() > 1 && ClassFolders.in(StoredFile.list(files, train)).isEmpty();
  }

  private static FolderLayout divided(
      String folder, List<FileStore.Entry> entries, SetNames names) {
    List<String> there =
        entries.stream()
            .filter(entry -> LeftOut.Reason.of(entry).isEmpty())
            .map(FileStore.Entry::name)
            .toList();
    return new FolderLayout(
        folder + "/" + names.training().orElseThrow(),
        names.test().map(name -> folder + "/" + name),
        names.notes(folder, there));
  }

  /** What to say of a folder that lacks the one for a set. */
  static ConvoyException missing(FileStore files, String folder, String wanted) {
    return ConvoyException.data(
        "%s: there is no folder %s in it, with the images (%s) as %s/<class>/<name>; %s",
        folder,
        wanted,
        ImageFormat.titles(),
        wanted,
        FolderSurvey.of(files, folder, List.of(wanted)));
  }
}
