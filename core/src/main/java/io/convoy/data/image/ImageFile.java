package io.convoy.data.image;

/** An image file whose headers are read and checked, and whose pixels are not decoded yet. */
interface ImageFile {
  /** Stored height in pixels, at least 1. */
  int height();

  /** Stored width in pixels, at least 1. */
  int width();

  /** How the stored image is to be turned. */
  Orientation orientation();

  /**
   * Decodes the pixels.
   *
   * @throws io.convoy.error.ConvoyException of kind DATA where they are damaged
   */
  Samples decode(ImageReaders readers);
}
