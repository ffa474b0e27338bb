package io.convoy.launcher.doctor;

import io.convoy.data.FileStore;
import io.convoy.data.reader.DataFormat;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.fetch.PublishedSet;
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
      return List.of(
          DataFormat.all().stream()
              .filter(format -> format.isIn(files, folder))
              .findFirst()
              .map(this::known)
              .orElseGet(() -> unknown(entries)));
    } catch (IOException | RuntimeException e) {
      return List.of(
          Finding.fail(
              ABOUT,
              "%s cannot be read (%s)".formatted(folder, e.getMessage()),
              "look for a mistyped path"));
    }
  }

  /** Looks for every file: one that is missing or unreadable is found here, not in a training. */
  private Finding known(DataFormat format) {
    try {
      format.requireFiles(files, folder);
      return Finding.ok(
          ABOUT, "%s holds %s: data.format %s", folder, format.contents(), format.name());
    } catch (ConvoyException e) {
      return Finding.fail(ABOUT, e.getMessage(), "mend what is named, and look again");
    }
  }

  private Finding unknown(List<FileStore.Entry> entries) {
    return Finding.warn(
        ABOUT,
        "%s holds no set that Convoy knows; it begins with %s"
            .formatted(
                folder,
                entries.stream()
                    .map(FileStore.Entry::name)
                    .limit(3)
                    .collect(Collectors.joining(", "))),
        "name a folder with %s; convoy fetch brings %s"
            .formatted(
                DataFormat.all().stream()
                    .map(DataFormat::expected)
                    .distinct()
                    .collect(Collectors.joining("; or with ")),
                String.join(", ", PublishedSet.names())));
  }
}
