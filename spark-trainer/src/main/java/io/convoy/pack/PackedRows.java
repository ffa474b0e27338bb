package io.convoy.pack;

import java.nio.ByteBuffer;

/**
 * The rows of a row group, in memory.
 *
 * @param images the images' files
 * @param labels one a row
 * @param paths one a row
 */
record PackedRows(ByteBuffer[] images, int[] labels, String[] paths) {
  /** A copy of one row by itself. */
  PackedRows alone(int row) {
    return new PackedRows(
        new ByteBuffer[] {ByteBuffer.wrap(image(row))},
        new int[] {labels[row]},
        new String[] {paths[row]});
  }

  /** A copy of an image's file. */
  byte[] image(int row) {
    ByteBuffer view = images[row].duplicate();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }
}
