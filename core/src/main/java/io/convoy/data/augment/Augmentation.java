package io.convoy.data.augment;

import io.convoy.error.ConvoyException;
import java.io.Serializable;

/**
 * What is done at random to a training image, in this order.
 *
 * @param cropPadding pixels, at least 0: the image is framed by so many pixels of raw value 0 and a
 *     piece of its own size is cut out anywhere; so it shifts by up to that many pixels each way
 * @param flip whether it is mirrored left to right with probability 1/2
 */
public record Augmentation(int cropPadding, boolean flip) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation(0, false);

  public Augmentation {
    if (cropPadding < 0) {
      throw ConvoyException.usage("cropPadding is at least 0 pixels; got %d", cropPadding);
    }
  }
}
