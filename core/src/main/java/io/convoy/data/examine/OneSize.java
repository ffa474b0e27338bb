package io.convoy.data.examine;

import io.convoy.error.ConvoyException;

/**
 * The size that every image of a set has where nothing brings them to one.
 *
 * @param height in pixels
 * @param width in pixels
 * @param model the image that gave it, for messages; empty for none
 */
public record OneSize(int height, int width, String model) {
  /**
   * Checks an image.
   *
   * @throws ConvoyException of kind DATA when it has another size
   */
  public void require(int itsHeight, int itsWidth, String path) {
    if (itsHeight != height || itsWidth != width) {
      throw ConvoyException.data(
          "%s: without data.size every image must have the same size: this one is %dx%d pixels"
              + " (height x width), %s %dx%d; set data.size in the recipe, which has images brought"
              + " to a size, or scale them",
          path, itsHeight, itsWidth, model.isEmpty() ? "expected" : model + " is", height, width);
    }
  }
}
