package io.convoy.data.image;

import io.convoy.data.raster.Crop;

/**
 * What becomes of an image: a crop of it is resampled to a size, and of that a window is taken. So
 * a view says both ways round: to crop and then resize (the window is then all of it), and to
 * resize and then crop (the crop is then all of the image).
 *
 * <p>All is said of the upright image, with its EXIF orientation applied.
 *
 * @param crop what is resampled, in the image's pixels
 * @param height what it is resampled to, in pixels
 * @param width likewise
 * @param window what is taken of that
 * @param scale at which the image is decoded
 */
public record View(Crop crop, int height, int width, Crop window, DecodeScale scale) {
  private static final int SMALLEST = 8;

  public View {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "an image is resampled to a pixel at least; got %sx%s".formatted(height, width));
    }
    if (!window.isWithin(height, width)) {
      throw new IllegalArgumentException(
          "a window lies within %sx%s pixels; got %s".formatted(height, width, window));
    }
  }

  /** An image as it is. */
  public static View stored(int height, int width) {
    Crop whole = Crop.whole(height, width);
    return new View(whole, height, width, whole, DecodeScale.FULL);
  }

  /** A crop, resampled to a size. */
  public static View cropped(Crop crop, int height, int width, DecodeScale scale) {
    return new View(crop, height, width, Crop.whole(height, width), scale);
  }

  /** Whether an image of this size is taken as it is. */
  public boolean isStored(int imageHeight, int imageWidth) {
    Crop whole = Crop.whole(imageHeight, imageWidth);
    return crop.equals(whole)
        && height == imageHeight
        && width == imageWidth
        && window.equals(whole);
  }

  /**
   * What a decoder with scales is to divide height and width by: 1, 2, 4 or 8.
   *
   * @return 1 for {@link DecodeScale#FULL}; else the largest divisor d for which {@code crop.height
   *     >= d height} and {@code crop.width >= d width}
   */
  public int divisor() {
    int divisor = scale == DecodeScale.FIT ? SMALLEST : 1;
    while (divisor > 1
        && (crop.height() < (long) divisor * height || crop.width() < (long) divisor * width)) {
      divisor /= 2;
    }
    return divisor;
  }

  /**
   * The same view of the image decoded at 1/{@link #divisor}, which has its height and width
   * divided by that, rounded up: the crop is then each scaled pixel of which a part lies in it.
   */
  public View ofScaled() {
    int divisor = divisor();
    if (divisor == 1) {
      return this;
    }
    int top = crop.top() / divisor;
    int left = crop.left() / divisor;
    int bottom = (crop.top() + crop.height() + divisor - 1) / divisor;
    int right = (crop.left() + crop.width() + divisor - 1) / divisor;
    Crop scaled = new Crop(top, left, bottom - top, right - left);
    return new View(scaled, height, width, window, DecodeScale.FULL);
  }
}
