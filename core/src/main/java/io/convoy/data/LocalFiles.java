package io.convoy.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of this machine, by {@code java.nio.file}. Symbolic links are followed. */
public final class LocalFiles implements FileStore {
  @Override
  public List<Entry> list(String folder) throws IOException {
    List<String> listed = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> children = Files.list(LocalNames.path(folder))) {
      for (Path child : (Iterable<Path>) children::iterator) {
        listed.add(child.getFileName().toString());
        entry(child).ifPresent(entries::add);
      }
    }
    LocalNames.requireReadable(folder, listed, entries.stream().map(Entry::name).toList());
    entries.sort(Comparator.comparing(Entry::name));
    return List.copyOf(entries);
  }

  /** What can be opened under the child's name; empty where it leads nowhere. */
  private static Optional<Entry> entry(Path child) throws IOException {
    String path = child.toString();
    try {
      // by its text, as it is opened later: that of a name outside the locale's set is another
      BasicFileAttributes found = Files.readAttributes(Path.of(path), BasicFileAttributes.class);
      boolean directory = found.isDirectory();
      return Optional.of(
          new Entry(
              child.getFileName().toString(),
              path,
              directory,
              directory ? 0 : found.size(),
              found.lastModifiedTime().toMillis()));
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    try {
      Files.readAttributes(LocalNames.path(path), BasicFileAttributes.class);
      return true;
    } catch (AccessDeniedException e) {
      throw e; // it may well be there
    } catch (FileSystemException e) {
      return false;
    }
  }

  @Override
  public Optional<Entry> find(String path) throws IOException {
    return entry(LocalNames.path(path));
  }

  @Override
  public long length(String path) throws IOException {
    return Files.size(LocalNames.path(path));
  }

  @Override
  public long modified(String path) throws IOException {
    return Files.getLastModifiedTime(LocalNames.path(path)).toMillis();
  }

  @Override
  public InputStream open(String path) throws IOException {
    return Files.newInputStream(LocalNames.path(path));
  }

  @Override
  public String identity(String folder) throws IOException {
    return LocalNames.path(folder).toRealPath().toString();
  }
}
