package io.convoy.data.augment;

import io.convoy.tensor.Shape;

/** Mirrors images left to right: in augmentation, and at test time. */
public final class Mirror {
  private Mirror() {}

  /**
   * Makes an image its mirror image.
   *
   * @param image of a shape, in HWC order, from 0 on
   */
  public static void inPlace(byte[] image, Shape shape) {
    int line = shape.width() * shape.channels();
    for (int h = 0; h < shape.height(); h++) {
      line(image, h * line, (h + 1) * line - shape.channels(), shape.channels());
    }
  }

  /** Mirrors a line where it lies, from its first pixel to its last. */
  static void line(byte[] line, int first, int last, int channels) {
    for (int left = first, right = last; left < right; left += channels, right -= channels) {
      for (int channel = 0; channel < channels; channel++) {
        byte kept = line[left + channel];
        line[left + channel] = line[right + channel];
        line[right + channel] = kept;
      }
    }
  }
}
