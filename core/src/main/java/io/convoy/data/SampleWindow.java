package io.convoy.data;

import io.convoy.targets.Target;

/**
 * Some rows of a source while they are read. Several threads may read at once, in any order and
 * more than once; all get the same bytes each time.
 */
public interface SampleWindow extends AutoCloseable {
  /**
   * What a sample is to be taken for; labels are in [0, classes).
   *
   * @param row one of the window's, by its number in the source
   */
  Target target(int row);

  /**
   * Reads an image: its size, and its bytes in HWC order, each channel 0 to 255.
   *
   * @param row one of the window's, by its number in the source
   * @throws io.convoy.error.ConvoyException of kind DATA where the image's bytes are at fault, of
   *     kind RESOURCE where the store is; the message names the file
   */
  void read(int row, Pixels into);

  /** Frees what the window holds; nobody reads it any more. */
  @Override
  void close();
}
