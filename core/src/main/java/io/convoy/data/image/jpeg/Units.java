package io.convoy.data.image.jpeg;

/**
 * A rectangle of units: what an interleaved scan's blocks of all components come in.
 *
 * @param top the first row
 * @param left the first column
 * @param bottom the row behind the last
 * @param right the column behind the last
 */
record Units(int top, int left, int bottom, int right) {
  /** Pixels around a piece that an enlarging looks at. */
  private static final int MARGIN = 2;

  /**
   * The units that a piece of an image needs.
   *
   * @param scaled samples of a block of the finest component, 1, 2, 4 or 8
   * @param top of the piece, in pixels of the image at that scale; so are the others
   */
  static Units around(Frame frame, int scaled, int top, int left, int height, int width) {
    int unitHeight = frame.maxV() * scaled;
    int unitWidth = frame.maxH() * scaled;
    return new Units(
        Math.max(0, top - MARGIN) / unitHeight,
        Math.max(0, left - MARGIN) / unitWidth,
        Math.min(frame.unitRows(), (top + height + MARGIN + unitHeight - 1) / unitHeight),
        Math.min(frame.unitColumns(), (left + width + MARGIN + unitWidth - 1) / unitWidth));
  }
}
