package io.convoy.data.transform;

import io.convoy.error.ConvoyException;
import io.convoy.json.JsonFamily;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * One kind of change to an image, with its options: an immutable value. The image's bytes
 * afterwards are a pure function of those before and of the draws.
 *
 * <p>Where a kind has a {@code probability}, it is that of an image being changed at all.
 */
@JsonFamily
public sealed interface Transform
    permits Rotation,
        Zoom,
        Shear,
        Translation,
        Affine,
        Brightness,
        Contrast,
        Saturation,
        Hue,
        ColourJitter,
        Grey,
        Sharpness,
        Posterize,
        Solarize,
        Equalize,
        AutoContrast,
        Blur,
        Noise,
        SaltAndPepper,
        RandomErasing,
        RandAugment,
        TrivialAugment {

  /**
   * Changes an image. Allocates nothing.
   *
   * @param draws of this image and this step
   */
  void apply(Canvas image, Draws draws);

  /**
   * Checks that images of a shape can be changed so.
   *
   * @param shape {@code [height, width, channels]}, with 1 or 3 channels
   * @param place the key that the message names
   * @throws ConvoyException of kind USAGE when they cannot
   */
  default void requireFits(Shape shape, String place) {}

  /**
   * Checks that images can be changed by each of a list.
   *
   * @param key of the list, which the message names
   * @throws ConvoyException of kind USAGE when they cannot
   */
  static void requireFit(List<Transform> steps, Shape shape, String key) {
    if (!steps.isEmpty() && shape.channels() != 1 && shape.channels() != 3) {
      throw ConvoyException.usage(
          "%s: images must have 1 channel (grey) or 3 (red, green, blue); the network's input has"
              + " %d",
          key, shape.channels());
    }
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).requireFits(shape, key + "[" + i + "]");
    }
  }
}
