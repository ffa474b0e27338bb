package io.convoy.data.augment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.data.image.Framing;
import io.convoy.data.transform.Transform;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is done at random to a training image. First it is brought to the network's input, if images
 * are brought to a size at all: by {@code resizedCrop}, by {@code resizeShorter}, or as for
 * evaluation; then come the others, in this order.
 *
 * @param cropPadding pixels, at least 0: the image is framed by so many pixels of raw value 0 and a
 *     piece of its own size is cut out anywhere; so it shifts by up to that many pixels each way
 * @param flip whether it is mirrored left to right with probability 1/2
 * @param resizedCrop a random part of the image, resized; null for none
 * @param resizeShorter what the shorter side is resized to before a piece of the network's input is
 *     cut out anywhere; null for none
 * @param steps what is then done to its pixels, one after the other; by default nothing
 * @param mixup how it is then mixed with another image; null, the default, for not
 * @param cutmix how a part of it is then replaced by another image's; null, the default, for not.
 *     Where both are given, each image takes one of them, as likely the one as the other
 */
public record Augmentation(
    int cropPadding,
    boolean flip,
    @JsonInclude(JsonInclude.Include.NON_NULL) ResizedCrop resizedCrop,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer resizeShorter,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Transform> steps,
    @JsonInclude(JsonInclude.Include.NON_NULL) Mixup mixup,
    @JsonInclude(JsonInclude.Include.NON_NULL) Cutmix cutmix) {
  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation(0, false);

  public Augmentation {
    if (cropPadding < 0) {
      throw ConvoyException.usage("cropPadding is at least 0 pixels; got %d", cropPadding);
    }
    if (resizeShorter != null && resizeShorter < 1) {
      throw ConvoyException.usage(
          "augmentation.resizeShorter is at least 1 pixel; got %d", resizeShorter);
    }
    long crops =
        Stream.of(cropPadding > 0, resizedCrop != null, resizeShorter != null)
            .filter(given -> given)
            .count();
    if (crops > 1) {
      throw ConvoyException.usage(
          "augmentation has one way to crop: cropPadding, resizedCrop or resizeShorter; got %s",
          crops == 3 ? "all three" : "two of them");
    }
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** Crop and flip alone, of images that are brought to no size. */
  public Augmentation(int cropPadding, boolean flip) {
    this(cropPadding, flip, null, null, null, null, null);
  }

  /**
   * Checks that images can be cropped as this says.
   *
   * @param resizing how they are brought to the network's input; null where they have it
   * @throws ConvoyException of kind USAGE when a key asks for a size that is not there
   */
  public void requireFits(Resizing resizing) {
    if (resizing == null && takesImagesOfAnySize()) {
      throw ConvoyException.usage(
          "augmentation.%s goes with data.size: say in data which size images are brought to",
          resizedCrop != null ? "resizedCrop" : "resizeShorter");
    }
    if (resizeShorter != null) {
      Resizing.requireRoom(
          "augmentation.resizeShorter", resizeShorter, resizing.height(), resizing.width());
    }
  }

  /** Whether it says how images of any size are brought to the network's input. */
  public boolean takesImagesOfAnySize() {
    return resizedCrop != null || resizeShorter != null;
  }

  /**
   * How a training image is brought to the network's input.
   *
   * @param draws of the sample, which must stay there until the framing was asked
   */
  Framing framing(Resizing resizing, RandomStream draws) {
    if (resizedCrop != null) {
      return resizing.random(resizedCrop, draws);
    }
    return resizeShorter == null ? resizing.evaluation() : resizing.random(resizeShorter, draws);
  }

  /** A random part of each image, resized. */
  public Augmentation withResizedCrop(ResizedCrop crop) {
    return new Augmentation(cropPadding, flip, crop, resizeShorter, steps, mixup, cutmix);
  }

  /** A random window of each image, whose shorter side is resized to so many pixels. */
  public Augmentation withResizeShorter(int pixels) {
    return new Augmentation(cropPadding, flip, resizedCrop, pixels, steps, mixup, cutmix);
  }

  /** The same with these steps. */
  public Augmentation withSteps(Transform... steps) {
    return new Augmentation(
        cropPadding, flip, resizedCrop, resizeShorter, List.of(steps), mixup, cutmix);
  }

  /** The same with images that are mixed so; null for not. */
  public Augmentation withMixing(Mixup mixup, Cutmix cutmix) {
    return new Augmentation(cropPadding, flip, resizedCrop, resizeShorter, steps, mixup, cutmix);
  }
}
