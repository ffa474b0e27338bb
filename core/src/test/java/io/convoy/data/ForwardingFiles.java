package io.convoy.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The files of this machine, for tests that change what one of its methods does. */
public class ForwardingFiles implements FileStore {
  private final FileStore files = new LocalFiles();

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

  @Override
  public InputStream open(String path) throws IOException {
    return files.open(path);
  }
}
