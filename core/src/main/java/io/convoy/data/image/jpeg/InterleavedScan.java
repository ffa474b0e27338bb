package io.convoy.data.image.jpeg;

import io.convoy.kernel.JpegKernels;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes a sequential image whose one scan interleaves all components: unit after unit, straight
 * to samples. Up to a group of units is decoded before it is transformed.
 */
final class InterleavedScan {
  private final List<Scan.Part> parts;
  private final ComponentPlane[] planes;
  private final ScanPieces pieces;
  private final SequentialScan blocks;
  private final JpegKernels kernels;
  private final int[][] groups;
  private final HuffmanTable[] dc;
  private final HuffmanTable[] ac;
  private final int[][] quantization;

  /** The DC of each component's last block. */
  private final int[] last;

  private int groupsInUse;

  /**
   * @param planes by the components of the frame
   * @param groups at least {@link Frame#MAX_UNIT_BLOCKS}
   */
  InterleavedScan(
      JpegReader reader,
      Scan scan,
      ComponentPlane[] planes,
      ScanPieces pieces,
      SequentialScan blocks,
      JpegKernels kernels,
      int[][] groups) {
    parts = scan.parts();
    this.planes = planes;
    this.pieces = pieces;
    this.blocks = blocks;
    this.kernels = kernels;
    this.groups = groups;
    dc = new HuffmanTable[parts.size()];
    ac = new HuffmanTable[parts.size()];
    quantization = new int[parts.size()][];
    last = new int[parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      Component component = component(i);
      dc[i] = reader.huffman().dc(parts.get(i).dc());
      ac[i] = reader.huffman().ac(parts.get(i).ac());
      quantization[i] = reader.quantization(component);
      groupsInUse += component.h() * component.v();
    }
  }

  private ComponentPlane plane(int i) {
    return planes[parts.get(i).index()];
  }

  private Component component(int i) {
    return plane(i).component();
  }

  /** Decodes the units of a piece of the image, up to its last row. */
  void decode(Frame frame, Units units) {
    for (int row = 0; row < units.bottom(); row++) {
      if (row < units.top()) {
        skip(0, frame.unitColumns());
        continue;
      }
      skip(0, units.left());
      for (int column = units.left(); column < units.right(); column += JpegKernels.GROUP) {
        int end = Math.min(units.right(), column + JpegKernels.GROUP);
        decode(row - units.top(), column - units.left(), end - column);
      }
      skip(units.right(), frame.unitColumns());
    }
  }

  private void skip(int from, int to) {
    for (int unit = from; unit < to; unit++) {
      startUnit();
      for (int i = 0; i < dc.length; i++) {
        Component component = component(i);
        for (int block = component.h() * component.v(); block > 0; block--) {
          last[i] = blocks.skip(dc[i], ac[i], last[i]);
        }
      }
    }
  }

  private void startUnit() {
    if (pieces.next()) {
      Arrays.fill(last, 0);
    }
  }

  /** Decodes some units, whose first stands at a place in the planes. */
  private void decode(int row, int column, int units) {
    for (int group = 0; group < groupsInUse; group++) {
      Arrays.fill(groups[group], 0);
    }
    for (int unit = 0; unit < units; unit++) {
      startUnit();
      int first = 0;
      for (int i = 0; i < dc.length; i++) {
        first = decodeUnit(i, unit, first);
      }
    }
    int first = 0;
    for (int i = 0; i < dc.length; i++) {
      first = transform(plane(i), row, column, units, first);
    }
  }

  /** Decodes a component's blocks of a unit; a row of blocks has as many groups as columns. */
  private int decodeUnit(int i, int unit, int first) {
    ComponentPlane plane = plane(i);
    int h = plane.component().h();
    int v = plane.component().v();
    for (int row = 0; row < v; row++) {
      for (int block = unit * h; block < unit * h + h; block++) {
        int[] group = groups[first + row * h + block / JpegKernels.GROUP];
        int place = JpegKernels.place(block % JpegKernels.GROUP);
        if (plane.size() == 1) {
          last[i] = blocks.skip(dc[i], ac[i], last[i]);
          group[place] = (short) last[i] * quantization[i][0];
        } else {
          last[i] = blocks.block(dc[i], ac[i], quantization[i], group, place, last[i]);
        }
      }
    }
    return first + h * v;
  }

  private int transform(ComponentPlane plane, int row, int column, int units, int first) {
    int h = plane.component().h();
    int v = plane.component().v();
    for (int blockRow = 0; blockRow < v; blockRow++) {
      for (int block = 0; block < units * h; block += JpegKernels.GROUP) {
        kernels.inverseDct(
            groups[first + blockRow * h + block / JpegKernels.GROUP],
            plane.size(),
            plane.samples(),
            plane.blockAt(row * v + blockRow, column * h + block),
            plane.stride());
      }
    }
    return first + h * v;
  }
}
