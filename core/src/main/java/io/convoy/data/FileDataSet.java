package io.convoy.data;

import java.util.List;

/**
 * A set whose images a decoder reads, as people have them: any may be damaged. Most often each is a
 * file; a table may hold them as well. Such a set can be examined before it is used, and opened
 * without what is found to be damaged.
 */
public interface FileDataSet extends DataSet {
  /**
   * An image of the set.
   *
   * @param path of its file, the store's own; of a row of a table, its place in words
   * @param name what the set calls it: the same on every machine
   * @param label of its class; with several labels an image, the number of its set of them
   * @param length of the file in which it lies, in bytes
   * @param modified when that was last changed, in milliseconds since 1970
   * @param row where it lies in a table; null where it is a file of its own
   */
  record StoredImage(
      String path, String name, int label, long length, long modified, RowPlace row) {
    /** A file. */
    public static StoredImage of(FileStore.Entry file, String name, int label) {
      return new StoredImage(file.path(), name, label, file.length(), file.modified(), null);
    }

    /** A row of a file. */
    public static StoredImage of(FileStore.Entry table, RowPlace row, String name, int label) {
      return new StoredImage(row.inWords(), name, label, table.length(), table.modified(), row);
    }

    /** The same under another number. */
    public StoredImage labelled(int other) {
      return new StoredImage(path, name, other, length, modified, row);
    }
  }

  /** Where the files lie, most often. */
  String folder();

  /**
   * The files of the set, in the order of samples; a file that is more than one sample stands there
   * as often.
   *
   * @throws io.convoy.error.ConvoyException as {@link #open(FileStore)}
   */
  List<StoredImage> images(FileStore files);

  /** How these images are read, each as it is stored. */
  default StoredContents contents(FileStore files) {
    return image -> StoredFile.read(files, image.path());
  }

  /**
   * Opens the set where each file was examined. It leaves out the files that are damaged; the order
   * of the others stays. Where the SHA-256 of each file is known, its fingerprint takes no second
   * reading; each file is compared when it is read.
   *
   * @param known of the files of {@link #images}, in their order; of another number, they are of
   *     another set and are not used
   * @throws io.convoy.error.ConvoyException as {@link #open(FileStore)}
   */
  SampleSource open(FileStore files, FileDigests known);
}
