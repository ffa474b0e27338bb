package io.convoy.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The files that readers read: a local disk here, any Hadoop file system in the trainer. Paths are
 * the store's own; {@code folder + "/" + name} is a child. Safe from several threads at once.
 */
public interface FileStore {
  /**
   * A file or a folder.
   *
   * @param length in bytes, 0 for a folder
   * @param modified when it was last changed, in milliseconds since 1970
   */
  record Entry(String name, String path, boolean directory, long length, long modified) {}

  /**
   * The children of a folder, sorted by name (code-unit order, so that every machine lists alike).
   * None is passed over but hidden ones, whose names begin with a dot.
   *
   * @throws IOException when there is no such folder or it cannot be read
   * @throws io.convoy.error.ConvoyException when a child is listed but cannot be looked at, or when
   *     {@code folder} is no path
   */
  List<Entry> list(String folder) throws IOException;

  boolean exists(String path) throws IOException;

  /**
   * A file or a folder, as its folder lists it; empty where there is none.
   *
   * @throws IOException when it cannot be looked at
   */
  Optional<Entry> find(String path) throws IOException;

  /** The length of a file in bytes. */
  long length(String path) throws IOException;

  /** When a file was last changed, in milliseconds since 1970. */
  long modified(String path) throws IOException;

  InputStream open(String path) throws IOException;

  /**
   * A folder's name with every link in it resolved: where a walk meets the same one again below
   * itself, a link leads in a circle.
   *
   * @return the folder itself where the store has no links
   */
  default String identity(String folder) throws IOException {
    return folder;
  }

  /**
   * Opens a file behind its first bytes.
   *
   * @param from how many bytes are passed over, at least 0
   * @throws IOException when there are not so many, too
   */
  default InputStream open(String path, long from) throws IOException {
    InputStream in = open(path);
    try {
      in.skipNBytes(from);
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
