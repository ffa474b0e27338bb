package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.transform.Transform;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * What is done at random to a training image, in this order.
 *
 * @param cropPadding pixels, at least 0: the image is framed by so many pixels of raw value 0 and a
 *     piece of its own size is cut out anywhere; so it shifts by up to that many pixels each way
 * @param flip whether it is mirrored left to right with probability 1/2
 * @param steps what is then done to its pixels, one after the other; by default nothing
 * @param mixup how it is then mixed with another image; null, the default, for not
 * @param cutmix how a part of it is then replaced by another image's; null, the default, for not.
 *     Where both are given, each image takes one of them, as likely the one as the other
 */
public record Augmentation(
    int cropPadding, boolean flip, List<Transform> steps, Mixup mixup, Cutmix cutmix) {
  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation(0, false);

  public Augmentation {
    if (cropPadding < 0) {
      throw ConvoyException.usage("cropPadding is at least 0 pixels; got %d", cropPadding);
    }
    steps = List.copyOf(steps);
  }

  /** Crop and flip alone. */
  public Augmentation(int cropPadding, boolean flip) {
    this(cropPadding, flip, List.of(), null, null);
  }

  @JsonCreator
  static Augmentation of(
      @JsonProperty("cropPadding") int cropPadding,
      @JsonProperty("flip") boolean flip,
      @JsonProperty("steps") List<Transform> steps,
      @JsonProperty("mixup") Mixup mixup,
      @JsonProperty("cutmix") Cutmix cutmix) {
    return new Augmentation(cropPadding, flip, steps == null ? List.of() : steps, mixup, cutmix);
  }

  /** The same with these steps. */
  public Augmentation withSteps(Transform... steps) {
    return new Augmentation(cropPadding, flip, List.of(steps), mixup, cutmix);
  }

  /** The same with images that are mixed so; null for not. */
  public Augmentation withMixing(Mixup mixup, Cutmix cutmix) {
    return new Augmentation(cropPadding, flip, steps, mixup, cutmix);
  }
}
