package io.convoy.benchmarks.predict;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An image of a file, or of a tar file. */
record StoredImage(String path, byte[] bytes) {
  /** The files that count, as a glob. */
  static final String FILES = "*.{jpg,jpeg,tar}";

  /** All images of a file, which is one itself where it is no tar file. */
  static List<StoredImage> of(String path, byte[] content) {
    if (!path.endsWith(".tar")) {
      return List.of(new StoredImage(path, content));
    }
    List<StoredImage> images = new ArrayList<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(content))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          images.add(new StoredImage(path + "/" + entry.getName(), tar.readAllBytes()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
    return images;
  }
}
