package io.convoy.data.reader;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.image.ImageFormat;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which folders hold the training set and the test set.
 *
 * @param training the folder of the training set's class folders
 * @param test likewise; empty where there is no test set
 * @param notes what a user may not expect of it
 */
record FolderLayout(String training, Optional<String> test, List<String> notes) {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing");
  private static final List<String> VALIDATION = List.of("val", "valid", "validation");

  /**
   * Looks into a folder.
   *
   * @throws ConvoyException of kind DATA when it holds neither a training set nor class folders
   */
  static FolderLayout of(FileStore files, String folder) {
    if (!StoredFile.exists(files, folder)) {
      throw missing(files, folder, TRAIN.get(0));
    }
    List<FileStore.Entry> entries = StoredFile.list(files, folder);
    List<String> folders = FolderListing.classNames(entries);
    Optional<String> train = first(folders, TRAIN);
    Optional<String> test = first(folders, TEST);
    Optional<String> validation = first(folders, VALIDATION);
    boolean another = test.isPresent() || validation.isPresent();
    boolean ofClasses =
        train.isPresent() && !another && isClass(files, folder + "/" + train.get(), folders);
    if (train.isPresent() && !ofClasses) {
      return divided(folder, entries, train.get(), test, validation);
    }
    boolean elsewhere =
        folders.isEmpty()
            || (train.isEmpty() && FolderSurvey.meant(files, folder, TRAIN).isPresent());
    if (another || elsewhere) {
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

  /** One among others, without folders of its own: a class of vehicles. */
  private static boolean isClass(FileStore files, String train, List<String> folders) {
    return folders.size() > 1 && FolderListing.classNames(StoredFile.list(files, train)).isEmpty();
  }

  private static FolderLayout divided(
      String folder,
      List<FileStore.Entry> entries,
      String train,
      Optional<String> test,
      Optional<String> validation) {
    Optional<String> taken = test.or(() -> validation);
    List<String> notes = new ArrayList<>();
    if (!train.equals(TRAIN.get(0))) {
      notes.add("%s: %s is taken for the training set".formatted(folder, train));
    }
    if (taken.isEmpty()) {
      notes.add(folder + ": it has no folder test, so there is no test set");
    }
    taken
        .filter(name -> !name.equals(TEST.get(0)))
        .ifPresent(name -> notes.add("%s: %s is taken for the test set".formatted(folder, name)));
    List<String> beside =
        entries.stream()
            .filter(entry -> LeftOut.Reason.of(entry).isEmpty())
            .map(FileStore.Entry::name)
            .filter(name -> !name.equals(train) && !taken.equals(Optional.of(name)))
            .toList();
    if (!beside.isEmpty()) {
      notes.add(
          "%s: left out %s as beside %s: %s"
              .formatted(
                  folder,
                  beside.size(),
                  train + taken.map(name -> " and " + name).orElse(""),
                  FolderSurvey.some(beside)));
    }
    return new FolderLayout(
        folder + "/" + train, taken.map(name -> folder + "/" + name), List.copyOf(notes));
  }

  /** The folder of such a name: as it is written here before one in other letters. */
  private static Optional<String> first(List<String> folders, List<String> wanted) {
    Stream<String> exact = wanted.stream().filter(folders::contains);
    Stream<String> alike =
        wanted.stream()
            .flatMap(name -> folders.stream().filter(folder -> folder.equalsIgnoreCase(name)));
    return Stream.concat(exact, alike).findFirst();
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
