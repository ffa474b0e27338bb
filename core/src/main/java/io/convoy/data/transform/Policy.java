package io.convoy.data.transform;

import java.util.List;

/**
 * The fourteen operations of RandAugment and TrivialAugment, by strengths from 0 to 30, and how far
 * each goes at strength 30. At 0 each leaves the image as it is, but for {@code AUTO_CONTRAST} and
 * {@code EQUALIZE}, which have no strength.
 *
 * @param slope of the shear: pixels to the side for each pixel on
 * @param shiftShare of the translation, of the width or the height
 * @param shiftPixels of the translation, on top of that
 * @param degrees of the rotation
 * @param factor by which brightness, saturation, contrast and sharpness leave 1
 * @param bits that posterize clears
 */
record Policy(
    double slope, double shiftShare, double shiftPixels, double degrees, double factor, int bits) {
  /** The number of strengths, 0 among them. */
  static final int STRENGTHS = 31;

  private static final Operation[] OPERATIONS = Operation.values();
  private static final double STRONGEST = STRENGTHS - 1;

  /** In the order in which they are drawn: part of the numerics contract. */
  private enum Operation {
    IDENTITY,
    SHEAR_X,
    SHEAR_Y,
    TRANSLATE_X,
    TRANSLATE_Y,
    ROTATE,
    BRIGHTNESS,
    SATURATION,
    CONTRAST,
    SHARPNESS,
    POSTERIZE,
    SOLARIZE,
    AUTO_CONTRAST,
    EQUALIZE
  }

  /**
   * Draws an operation and the direction in which it goes, and changes an image by it.
   *
   * @param strength in [0, 30]
   * @param position of the first of two draws
   */
  void apply(Canvas image, int strength, List<Integer> fill, Draws draws, int position) {
    Operation operation = OPERATIONS[draws.below(OPERATIONS.length, position)];
    double share = strength / STRONGEST;
    double way = draws.below(2, position + 1) == 0 ? share : -share;
    switch (operation) {
      case IDENTITY -> {}
      case SHEAR_X -> Warp.affine(image, 0, 1, slope * way, 0, 0, 0, fill);
      case SHEAR_Y -> Warp.affine(image, 0, 1, 0, slope * way, 0, 0, fill);
      case TRANSLATE_X -> Warp.affine(image, 0, 1, 0, 0, shift(image.width(), way), 0, fill);
      case TRANSLATE_Y -> Warp.affine(image, 0, 1, 0, 0, 0, shift(image.height(), way), fill);
      case ROTATE -> Warp.rotate(image, degrees * way, fill);
      case BRIGHTNESS -> Blending.brightness(image, 1 + factor * way);
      case SATURATION -> Blending.saturation(image, 1 + factor * way);
      case CONTRAST -> Blending.contrast(image, 1 + factor * way);
      case SHARPNESS -> Blending.sharpness(image, 1 + factor * way);
      case POSTERIZE -> Tones.posterize(image, 8 - (int) (bits * share + 0.5));
      case SOLARIZE -> Tones.solarize(image, 255 * (1 - share));
      case AUTO_CONTRAST -> Tones.autoContrast(image);
      case EQUALIZE -> Tones.equalize(image);
    }
  }

  /** Whole pixels, towards 0. */
  private int shift(int length, double way) {
    return (int) ((shiftShare * length + shiftPixels) * way);
  }
}
