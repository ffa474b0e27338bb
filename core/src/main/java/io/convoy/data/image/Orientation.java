package io.convoy.data.image;

import io.convoy.data.raster.Crop;
import io.convoy.data.raster.Planes;

/** The eight ways in which EXIF says how a stored image is to be turned before it is looked at. */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  HALF_TURN,
  FLIPPED,
  TRANSPOSED,
  QUARTER_TURN,
  TRANSVERSED,
  THREE_QUARTER_TURN;

  /** The orientation of an EXIF code; codes outside 1 to 8 mean nothing, so upright. */
  static Orientation ofExif(int code) {
    return code >= 1 && code <= 8 ? values()[code - 1] : UPRIGHT;
  }

  /** Whether height and width change places. */
  boolean turns() {
    return ordinal() >= TRANSPOSED.ordinal();
  }

  /** Turns an image; the quarter turns exchange height and width. */
  DecodedImage apply(DecodedImage image) {
    if (this == UPRIGHT) {
      return image;
    }
    int height = turns() ? image.width() : image.height();
    int width = turns() ? image.height() : image.width();
    int channels = image.channels();
    byte[] pixels = new byte[image.pixels().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = source(y, x, image.height() - 1, image.width() - 1, image.width()) * channels;
        System.arraycopy(image.pixels(), from, pixels, (y * width + x) * channels, channels);
      }
    }
    return new DecodedImage(height, width, channels, pixels, image.transparent());
  }

  /** The part of a stored image that is seen as a part of the upright one. */
  Crop stored(Crop upright, int height, int width) {
    int top = turns() ? upright.left() : upright.top();
    int left = turns() ? upright.top() : upright.left();
    int rows = turns() ? upright.width() : upright.height();
    int columns = turns() ? upright.height() : upright.width();
    boolean fromBottom =
        switch (this) {
          case HALF_TURN, FLIPPED, QUARTER_TURN, TRANSVERSED -> true;
          case UPRIGHT, MIRRORED, TRANSPOSED, THREE_QUARTER_TURN -> false;
        };
    boolean fromRight =
        switch (this) {
          case MIRRORED, HALF_TURN, TRANSVERSED, THREE_QUARTER_TURN -> true;
          case UPRIGHT, FLIPPED, TRANSPOSED, QUARTER_TURN -> false;
        };
    return new Crop(
        fromBottom ? height - top - rows : top,
        fromRight ? width - left - columns : left,
        rows,
        columns);
  }

  /**
   * Turns planes.
   *
   * @param to gets them; not {@code image}
   */
  void turn(Planes image, Planes to) {
    int height = turns() ? image.width() : image.height();
    int width = turns() ? image.height() : image.width();
    byte[] from = image.samples();
    byte[] turned = to.room(height, width, image.count());
    int next = 0;
    for (int plane = 0; plane < image.count(); plane++) {
      int start = plane * image.height() * image.width();
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          turned[next++] =
              from[start + source(y, x, image.height() - 1, image.width() - 1, image.width())];
        }
      }
    }
  }

  /** The stored pixel that is seen at (y, x). */
  private int source(int y, int x, int bottom, int right, int stride) {
    return switch (this) {
      case UPRIGHT -> y * stride + x;
      case MIRRORED -> y * stride + right - x;
      case HALF_TURN -> (bottom - y) * stride + right - x;
      case FLIPPED -> (bottom - y) * stride + x;
      case TRANSPOSED -> x * stride + y;
      case QUARTER_TURN -> (bottom - x) * stride + y;
      case TRANSVERSED -> (bottom - x) * stride + right - y;
      case THREE_QUARTER_TURN -> x * stride + right - y;
    };
  }
}
