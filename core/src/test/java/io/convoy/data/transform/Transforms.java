package io.convoy.data.transform;

import java.util.List;

/** Each kind of transform, as people would set it, and such that it changes nothing. */
final class Transforms {
  private static final List<Integer> BLACK = List.of(0);

  private Transforms() {}

  /** One of each kind at least, which changes every image where its draws say so. */
  static List<Transform> all() {
    return List.of(
        new Rotation(30, List.of(200, 100, 50), 1),
        new Zoom(0.7, 1.4, BLACK, 1),
        new Shear(20, 10, BLACK, 0.9),
        new Translation(0.25, 0.1, List.of(255), 1),
        new Affine(15, 0.8, 1.2, 10, 5, 0.1, 0.1, BLACK, 1),
        new Brightness(0.4, 1),
        new Contrast(0.6, 1),
        new Saturation(1.5, 1),
        new Hue(0.3, 1),
        new ColourJitter(0.4, 0.4, 0.4, 0.1, 1),
        new Grey(0.5),
        new Sharpness(0.9, 1),
        new Posterize(3, 0.5),
        new Solarize(128, 0.5),
        new Equalize(0.5),
        new AutoContrast(0.5),
        new Blur(5, 0.3, 2, 1),
        new Noise(12.5, 1),
        new SaltAndPepper(0.05, 1),
        new RandomErasing(0.02, 0.33, 0.3, 3.3, RandomErasing.Value.BLACK, 0.8),
        new RandomErasing(0.02, 0.33, 0.3, 3.3, RandomErasing.Value.MEAN, 0.8),
        new RandomErasing(0.02, 0.33, 0.3, 3.3, RandomErasing.Value.NOISE, 0.8),
        new RandAugment(2, 9, BLACK),
        new TrivialAugment(List.of(127)));
  }

  /** Settings that leave every image as it is. */
  static List<Transform> none() {
    return List.of(
        new Rotation(0, BLACK, 1),
        new Zoom(1, 1, BLACK, 1),
        new Shear(0, 0, BLACK, 1),
        new Translation(0, 0, BLACK, 1),
        new Affine(0, 1, 1, 0, 0, 0, 0, BLACK, 1),
        new Brightness(0, 1),
        new Contrast(0, 1),
        new Saturation(0, 1),
        new Hue(0, 1),
        new ColourJitter(0, 0, 0, 0, 1),
        new Sharpness(0, 1),
        new Posterize(8, 1),
        new Solarize(256, 1),
        new Blur(5, 0.01, 0.01, 1),
        new Noise(0, 1),
        new SaltAndPepper(0, 1),
        new RandAugment(0, 9, BLACK),
        new Grey(0),
        new Equalize(0),
        new AutoContrast(0),
        new RandomErasing(0.1, 0.2, 1, 1, RandomErasing.Value.BLACK, 0),
        new Rotation(90, BLACK, 0),
        new Noise(200, 0));
  }
}
