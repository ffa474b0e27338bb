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
   * Decodes what a view of the upright image needs.
   *
   * @param channels 1 (grey) or 3 (RGB)
   * @param background what is seen where the image is transparent
   * @param into gets the view
   * @return whether the background is seen through some pixel
   * @throws io.convoy.error.ConvoyException of kind DATA where the file is damaged
   */
  boolean read(ImageReaders readers, View view, int channels, Background background, Pixels into);
}
