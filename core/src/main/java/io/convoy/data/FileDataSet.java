package io.convoy.data;

import java.util.List;

/**
 * A set whose images are files that a decoder reads, as people have them: any may be damaged. Such
 * a set can be examined before it is used, and opened without what is found to be damaged.
 */
public interface FileDataSet extends DataSet {
  /**
   * An image file of the set.
   *
   * @param path the store's own
   * @param name what the set calls it: the same on every machine
   * @param length in bytes
   * @param modified when it was last changed, in milliseconds since 1970
   */
  record StoredImage(String path, String name, int label, long length, long modified) {}

  /** Where the files lie, most often. */
  String folder();

  /**
   * The files of the set, in the order of samples; a file that is more than one sample stands there
   * as often.
   *
   * @throws io.convoy.error.ConvoyException as {@link #open(FileStore)}
   */
  List<StoredImage> images(FileStore files);

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
