package io.convoy.data;

import java.nio.charset.StandardCharsets;

/**
 * Cuts the rows of a packed file into row groups. Before each row it is decided whether the group
 * ends: a group never has more bytes than asked for, unless a single row has.
 */
public final class GroupCut {
  /** Numbers and lengths of a row, as a page of Parquet holds them. */
  private static final int NUMBERS = 5 * Integer.BYTES;

  private final long groupBytes;
  private long bytes;

  /**
   * Starts a file.
   *
   * @param groupBytes the most bytes of a row group of several rows
   */
  public GroupCut(long groupBytes) {
    this.groupBytes = groupBytes;
  }

  /** About what the row of an image takes in a file. */
  public static long rowBytes(String path, long image) {
    return NUMBERS + image + path.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Takes the next row of the file.
   *
   * @return whether the group before it ends here; not for the first row
   */
  public boolean endsBefore(long rowBytes) {
    boolean ends = bytes > 0 && bytes + rowBytes > groupBytes;
    bytes = ends ? rowBytes : bytes + rowBytes;
    return ends;
  }
}
