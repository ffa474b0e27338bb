package io.convoy.data;

import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
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
   * Reads an image, and makes of it what a framing wants: its size, and its bytes in HWC order,
   * each channel 0 to 255. What decodes files asks the framing as soon as it knows the size of an
   * image, so that it decodes no more than it must; what holds raw pixels ends with {@link
   * Pixels#frame}.
   *
   * @param row one of the window's, by its number in the source
   * @param framing gives a view of the image; {@link Framing#STORED} for the image as it is
   * @throws io.convoy.error.ConvoyException of kind DATA where the image's bytes are at fault, of
   *     kind RESOURCE where the store is; the message names the file
   */
  void read(int row, Framing framing, Pixels into);

  /** Frees what the window holds; nobody reads it any more. */
  @Override
  void close();
}
