package io.convoy.data.image;

import io.convoy.tensor.Shape;

/** An image file that is always decoded as a whole. */
interface WholeImageFile extends ImageFile {
  /**
   * Decodes the pixels.
   *
   * @throws io.convoy.error.ConvoyException of kind DATA where they are damaged
   */
  Samples decode(ImageReaders readers);

  @Override
  default boolean read(
      ImageReaders readers, View view, int channels, Background background, Pixels into) {
    DecodedImage stored = decode(readers).convert(channels, background);
    DecodedImage image = orientation().apply(stored);
    byte[] room = into.room(Shape.of(image.height(), image.width(), channels));
    System.arraycopy(image.pixels(), 0, room, 0, image.pixels().length);
    into.frame(view);
    return stored.transparent();
  }
}
