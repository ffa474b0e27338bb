package io.convoy.data.image.jpeg;

import io.convoy.kernel.JpegKernels;

/**
 * The samples of one component, in its own resolution: of the blocks that a piece of the image
 * needs. Rows have room for whole groups of blocks, and for a sample in front of the first.
 */
final class ComponentPlane {
  /** Room in front of each row. */
  private static final int MARGIN = 8;

  private byte[] samples = {};
  private Component component;
  private int size;
  private int enlargeH;
  private int enlargeV;
  private int width;
  private int height;
  private int firstColumn;
  private int firstRow;
  private int stride;
  private int end;

  /**
   * Lays the plane out.
   *
   * @param scaled samples of a block of the finest component, 1, 2, 4 or 8
   * @param units the piece of the image, in units of an interleaved scan
   */
  void start(Frame frame, Component component, int scaled, Units units) {
    this.component = component;
    size = blockSize(frame, component, scaled);
    enlargeH = frame.maxH() * scaled / (component.h() * size);
    enlargeV = frame.maxV() * scaled / (component.v() * size);
    width = Frame.ceil((long) frame.width() * component.h() * size, frame.maxH() * 8);
    height = Frame.ceil((long) frame.height() * component.v() * size, frame.maxV() * 8);
    firstColumn = units.left() * component.h() * size;
    firstRow = units.top() * component.v() * size;
    int blocks = (units.right() - units.left()) * component.h();
    int groups = Frame.ceil(blocks, JpegKernels.GROUP);
    stride = MARGIN + groups * JpegKernels.GROUP * size;
    end = (units.bottom() - units.top()) * component.v() * size;
    int needed = Math.addExact(Math.multiplyExact(stride, end), 2 * JpegKernels.SPARE_BYTES);
    if (samples.length < needed) {
      samples = new byte[needed];
    }
  }

  /**
   * Where an image is made smaller, a coarse component is so by less, as far as it then needs no
   * enlarging (libjpeg's jdmaster.c).
   */
  private static int blockSize(Frame frame, Component component, int scaled) {
    int size = scaled;
    while (size < 8
        && frame.maxH() * scaled % (component.h() * size * 2) == 0
        && frame.maxV() * scaled % (component.v() * size * 2) == 0) {
      size *= 2;
    }
    return size;
  }

  byte[] samples() {
    return samples;
  }

  Component component() {
    return component;
  }

  /** Samples of a block, in each direction. */
  int size() {
    return size;
  }

  /** Columns of the image that a sample stands for. */
  int enlargeH() {
    return enlargeH;
  }

  /** Rows of the image that a sample stands for. */
  int enlargeV() {
    return enlargeV;
  }

  /** Samples of a row of the whole image. */
  int width() {
    return width;
  }

  /** Rows of the whole image. */
  int height() {
    return height;
  }

  int stride() {
    return stride;
  }

  /** Where a sample of the whole image lies. */
  int at(int row, int column) {
    return (row - firstRow) * stride + MARGIN + column - firstColumn;
  }

  /** Where a block lies, by its place in the plane. */
  int blockAt(int blockRow, int blockColumn) {
    return blockRow * size * stride + MARGIN + blockColumn * size;
  }

  /**
   * Repeats the first and the last sample of each row, for an enlarging that asks for neighbours.
   * The one behind the last may lie in the margin of the next row.
   */
  void extendRows() {
    int last = MARGIN + width - firstColumn - 1;
    for (int row = 0; row < end; row++) {
      int start = row * stride;
      if (firstColumn == 0) {
        samples[start + MARGIN - 1] = samples[start + MARGIN];
      }
      if (last < stride) {
        samples[start + last + 1] = samples[start + last];
      }
    }
  }
}
