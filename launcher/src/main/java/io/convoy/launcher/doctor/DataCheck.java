package io.convoy.launcher.doctor;

import io.convoy.data.FileStore;
import io.convoy.data.reader.Cifar10DataSet;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What a folder of images holds, by the names of its files; no file is read. */
record DataCheck(String folder, FileStore files) implements Check {
  private static final String ABOUT = "data";

  @Override
  public List<Finding> look() {
    try {
      List<FileStore.Entry> entries = files.list(folder);
      if (holds(() -> IdxDataSet.train(files, folder))
          && holds(() -> IdxDataSet.test(files, folder))) {
        return List.of(Finding.ok(ABOUT, "%s holds MNIST's files: data.format idx", folder));
      }
      if (holds(() -> Cifar10DataSet.train(files, folder))
          && holds(() -> Cifar10DataSet.test(files, folder))) {
        return List.of(Finding.ok(ABOUT, "%s holds CIFAR-10: data.format cifar10", folder));
      }
      List<String> folders =
          entries.stream().filter(FileStore.Entry::directory).map(FileStore.Entry::name).toList();
      if (folders.containsAll(List.of("train", "test"))) {
        return List.of(classFolders());
      }
      return List.of(
          Finding.warn(
              ABOUT,
              "%s holds no set that Convoy knows; it begins with %s"
                  .formatted(
                      folder,
                      entries.stream()
                          .map(FileStore.Entry::name)
                          .limit(3)
                          .collect(Collectors.joining(", "))),
              "name a folder with MNIST's four files, CIFAR-10's binary files, or train/CLASS and"
                  + " test/CLASS; convoy fetch brings the first two"));
    } catch (IOException | RuntimeException e) {
      return List.of(
          Finding.fail(
              ABOUT,
              "%s cannot be read (%s)".formatted(folder, e.getMessage()),
              "look for a mistyped path"));
    }
  }

  /** Looks into every class folder: a name that cannot be read is found here, not in a training. */
  private Finding classFolders() {
    try {
      for (String set : List.of("/train", "/test")) {
        new FolderDataSet(folder + set, 3).version(files);
      }
      return Finding.ok(ABOUT, "%s holds train and test: data.format folders", folder);
    } catch (ConvoyException e) {
      return Finding.fail(ABOUT, e.getMessage(), "mend what is named, and look again");
    }
  }

  private static boolean holds(Runnable search) {
    try {
      search.run();
      return true;
    } catch (ConvoyException e) {
      if (e.kind() == ConvoyException.Kind.DATA) {
        return false;
      }
      throw e;
    }
  }
}
