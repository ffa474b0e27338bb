package io.convoy.data.reader;

/** The images that lie in the rows of a table. Safe for several threads at once. */
public interface HeldImages {
  /** What the table calls their column. */
  String column();

  /** Bytes of all row groups, as they are in memory. */
  long bytes();

  /** Bytes of the largest one. */
  long largestGroup();

  /**
   * Reads a row group: the images of its rows, encoded, each its own array; empty where a row has
   * none.
   *
   * @param file of the table
   * @param group from 0
   * @throws io.convoy.error.ConvoyException of kind DATA when the file is damaged, or the group too
   *     large; of kind RESOURCE when it cannot be read
   */
  byte[][] read(String file, int group);
}
