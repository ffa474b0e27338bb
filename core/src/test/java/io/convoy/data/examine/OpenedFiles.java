package io.convoy.data.examine;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The files of this machine: which were opened, and how often a file may be before it can. */
final class OpenedFiles implements FileStore {
  private final FileStore files = new LocalFiles();
  private final List<String> opened = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger failures = new AtomicInteger();

  /** Has so many opens fail from here on. */
  void fail(int opens) {
    failures.set(opens);
  }

  /** The last part of the names that were opened since the last call, sorted. */
  List<String> taken() {
    List<String> names =
        opened.stream().map(path -> Path.of(path).getFileName().toString()).sorted().toList();
    opened.clear();
    return names;
  }

  @Override
  public InputStream open(String path) throws IOException {
    opened.add(path);
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("the disk is gone");
    }
    return files.open(path);
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    return files.list(folder);
  }

  @Override
  public Optional<Entry> find(String path) throws IOException {
    return files.find(path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return files.exists(path);
  }

  @Override
  public long length(String path) throws IOException {
    return files.length(path);
  }

  @Override
  public long modified(String path) throws IOException {
    return files.modified(path);
  }
}
