package io.convoy.data.image;

/**
 * A rule for what becomes of an image, which is asked as soon as the image's size is known: before
 * it is decoded, so that a decoder may leave out what nobody will see.
 */
@FunctionalInterface
public interface Framing {
  /** Images as they are. */
  Framing STORED = View::stored;

  /**
   * The view of an image. Asked again, it gives the same.
   *
   * @param height of the image, upright, in pixels
   * @param width likewise
   * @return one whose crop lies within the image
   */
  View view(int height, int width);
}
