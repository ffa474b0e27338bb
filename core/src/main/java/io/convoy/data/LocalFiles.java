package io.convoy.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of this machine, by {@code java.nio.file}. Symbolic links are followed. */
public final class LocalFiles implements FileStore {
  @Override
  public List<Entry> list(String folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> children = Files.list(Path.of(folder))) {
      for (Path child : (Iterable<Path>) children::iterator) {
        boolean directory = Files.isDirectory(child);
        long length = directory ? 0 : Files.size(child);
        entries.add(new Entry(child.getFileName().toString(), child.toString(), directory, length));
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    return List.copyOf(entries);
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(Path.of(path));
  }

  @Override
  public long length(String path) throws IOException {
    return Files.size(Path.of(path));
  }

  @Override
  public InputStream open(String path) throws IOException {
    return Files.newInputStream(Path.of(path));
  }
}
