package io.convoy.data;

import java.nio.ByteBuffer;

/**
 * The rows of a row group, in memory.
 *
 * @param images the images' files
 * @param labels one a row: a number, as {@link LabelSets} has it
 * @param names one a row: what messages call the image
 */
public record ImageGroup(ByteBuffer[] images, int[] labels, String[] names) {
  /** A copy of one row by itself. */
  ImageGroup alone(int row) {
    return new ImageGroup(
        new ByteBuffer[] {ByteBuffer.wrap(image(row))},
        new int[] {labels[row]},
        new String[] {names[row]});
  }

  /** A copy of an image's file. */
  public byte[] image(int row) {
    ByteBuffer view = images[row].duplicate();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }
}
