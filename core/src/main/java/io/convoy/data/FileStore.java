package io.convoy.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files that readers read: a local disk here, any Hadoop file system in the trainer. */
public interface FileStore {
  /** A file or a folder. */
  record Entry(String name, String path, boolean directory, long length) {}

  /**
   * The children of a folder, sorted by name (code-unit order, so that every machine lists alike).
   */
  List<Entry> list(String folder) throws IOException;

  boolean exists(String path) throws IOException;

  /** The length of a file in bytes. */
  long length(String path) throws IOException;

  InputStream open(String path) throws IOException;
}
