package io.convoy.data.augment;

import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.Framing;
import io.convoy.data.image.View;
import io.convoy.data.raster.Crop;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;

/**
 * How images of any size are brought to that of the network's input.
 *
 * @param height of the network's input in pixels, at least 1
 * @param width likewise
 * @param shorter for evaluation: what the shorter side is resized to before the middle is cut out,
 *     at least height and width; 0 to stretch the whole image
 * @param decode the scale at which images are decoded
 */
public record Resizing(int height, int width, int shorter, DecodeScale decode) {
  private static final long PIXELS = 1 << 22;
  private static final int COPIES = 3;

  public Resizing {
    if (height < 1 || width < 1) {
      throw ConvoyException.usage(
          "data.size must be at least 1 pixel each way; got %dx%d", height, width);
    }
    if (shorter != 0) {
      requireRoom("data.resizeShorter", shorter, height, width);
    }
  }

  /**
   * Checks that a crop of the network's input finds room in an image whose shorter side has so many
   * pixels.
   */
  static void requireRoom(String key, int shorter, int height, int width) {
    if (shorter < Math.max(height, width)) {
      throw ConvoyException.usage(
          "%s must be at least data.size, since that is cut out of the resized image; got %d for"
              + " %dx%d (height x width)",
          key, shorter, height, width);
    }
  }

  /**
   * The usual length of the shorter side before the middle is cut out: 256 for 224, and in the same
   * proportion for others, rounded to the nearest.
   *
   * @param size the longer side of the network's input
   */
  public static int usualShorter(int size) {
    return Math.toIntExact((2L * size * 8 + 7) / 14);
  }

  /**
   * Bytes that images of any size take while they are decoded and resampled: each thread has room
   * for a photograph of {@value #PIXELS} pixels three times over, as it is decoded, and its crop.
   */
  public static long decodingBytes(int channels, int threads) {
    return COPIES * PIXELS * channels * threads;
  }

  /** What is made of an image to be evaluated: the same each time. */
  public Framing evaluation() {
    if (shorter == 0) {
      return (imageHeight, imageWidth) ->
          View.cropped(Crop.whole(imageHeight, imageWidth), height, width, decode);
    }
    return (imageHeight, imageWidth) ->
        resized(imageHeight, imageWidth, shorter, Resizing::half, Resizing::half);
  }

  /** The whole image with its shorter side resized to a length, and a window anywhere in it. */
  Framing random(int length, RandomStream draws) {
    return (imageHeight, imageWidth) ->
        resized(
            imageHeight,
            imageWidth,
            length,
            free -> draws.below(free + 1, ResizedCrop.TOP),
            free -> draws.below(free + 1, ResizedCrop.LEFT));
  }

  /** A crop of the image, resized. */
  Framing random(ResizedCrop crop, RandomStream draws) {
    return (imageHeight, imageWidth) ->
        View.cropped(crop.draw(imageHeight, imageWidth, draws), height, width, decode);
  }

  /** Where a window begins, of so many pixels that are free on both sides of it together. */
  @FunctionalInterface
  private interface Start {
    int of(int free);
  }

  /** As torchvision's {@code center_crop}: a half goes to the even number. */
  private static int half(int free) {
    return (int) StrictMath.rint(free / 2.0);
  }

  private View resized(int imageHeight, int imageWidth, int length, Start top, Start left) {
    int resizedHeight = side(imageHeight, imageWidth, length);
    int resizedWidth = side(imageWidth, imageHeight, length);
    int row = top.of(resizedHeight - height);
    int column = left.of(resizedWidth - width);
    return new View(
        Crop.whole(imageHeight, imageWidth),
        resizedHeight,
        resizedWidth,
        new Crop(row, column, height, width),
        decode);
  }

  /** What a side becomes; as in torchvision, the longer one is rounded down. */
  private static int side(int side, int other, int length) {
    if (side <= other) {
      return length;
    }
    long longer = (long) length * side / other;
    if (longer > Integer.MAX_VALUE) {
      throw ConvoyException.data(
          "an image of %dx%d pixels is too long and narrow to have its shorter side resized to %d:"
              + " take it out of the set, or stretch images (data.stretch)",
          Math.max(side, other), other, length);
    }
    return (int) longer;
  }
}
