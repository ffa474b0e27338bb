package io.convoy.data.image.jpeg;

import io.convoy.kernel.JpegKernels;
import java.util.Arrays;

/** One of several scans of an image: what it brings goes to memory for all coefficients. */
final class StoredScan {
  private final Frame frame;
  private final Scan scan;
  private final JpegReader reader;
  private final ScanPieces pieces;

  StoredScan(Frame frame, Scan scan, JpegReader reader, ScanPieces pieces) {
    this.frame = frame;
    this.scan = scan;
    this.reader = reader;
    this.pieces = pieces;
  }

  /**
   * Takes memory for the components whose first scan this is, and checks that it is their turn.
   *
   * @param bytes of the scan's data
   */
  void prepare(Coefficients[] stored, int bytes) {
    for (Scan.Part part : scan.parts()) {
      Component component = frame.components().get(part.index());
      if (stored[part.index()] == null) {
        requirePlausible(component, bytes);
        stored[part.index()] = new Coefficients(frame, component);
        stored[part.index()].quantization = reader.quantization(component);
      }
      stored[part.index()].bring(scan);
    }
  }

  /**
   * Each block takes a bit at least, where DC comes first: memory is only taken for what is there.
   */
  private void requirePlausible(Component component, int bytes) {
    long blocks = (long) component.blockColumns() * component.blockRows();
    if (scan.first() > 0) {
      throw JpegDamage.damaged("a component's first scan brings no DC");
    }
    if (blocks > 8L * bytes) {
      throw JpegDamage.damaged("it has %s blocks of pixels, but %s bytes of data", blocks, bytes);
    }
  }

  /** Decodes a scan of a sequential image. */
  void decode(SequentialScan decoder, Coefficients[] stored, int[] group) {
    int[] last = new int[scan.parts().size()];
    int[] ones = new int[Zigzag.NATURAL.length];
    Arrays.fill(ones, 1);
    walk(
        stored,
        () -> Arrays.fill(last, 0),
        (i, part, values, at) -> {
          Arrays.fill(group, 0);
          last[i] =
              decoder.block(
                  reader.huffman().dc(part.dc()),
                  reader.huffman().ac(part.ac()),
                  ones,
                  group,
                  0,
                  last[i]);
          for (int k = 0; k < Zigzag.BLOCK; k++) {
            values[at + k] = (short) group[k * JpegKernels.GROUP];
          }
        });
  }

  /** Decodes a scan of a progressive image. */
  void decode(ProgressiveScan decoder, Coefficients[] stored) {
    decoder.start(scan);
    int[] last = new int[scan.parts().size()];
    walk(
        stored,
        () -> {
          Arrays.fill(last, 0);
          decoder.restart();
        },
        step(decoder, last));
  }

  private BlockStep step(ProgressiveScan decoder, int[] last) {
    if (scan.first() == 0) {
      return scan.high() == 0
          ? (i, part, values, at) ->
              last[i] = decoder.firstDc(reader.huffman().dc(part.dc()), values, at, last[i])
          : (i, part, values, at) -> decoder.refineDc(values, at);
    }
    HuffmanTable ac = reader.huffman().ac(scan.parts().get(0).ac());
    return scan.high() == 0
        ? (i, part, values, at) -> decoder.firstAc(ac, values, at)
        : (i, part, values, at) -> decoder.refineAc(ac, values, at);
  }

  /** What is done for a block of the i-th component of the scan. */
  private interface BlockStep {
    void run(int i, Scan.Part part, short[] values, int at);
  }

  /**
   * Visits all blocks in the order of the scan: one component's own, or unit by unit.
   *
   * @param restart what is done behind a restart marker
   */
  private void walk(Coefficients[] stored, Runnable restart, BlockStep step) {
    if (scan.parts().size() == 1) {
      Scan.Part part = scan.parts().get(0);
      Component component = frame.components().get(part.index());
      Coefficients target = stored[part.index()];
      for (int row = 0; row < component.blockRows(); row++) {
        for (int column = 0; column < component.blockColumns(); column++) {
          startUnit(restart);
          step.run(0, part, target.values(), target.at(row, column));
        }
      }
      return;
    }
    for (int row = 0; row < frame.unitRows(); row++) {
      for (int column = 0; column < frame.unitColumns(); column++) {
        startUnit(restart);
        for (int i = 0; i < scan.parts().size(); i++) {
          visitUnit(stored, i, row, column, step);
        }
      }
    }
  }

  private void startUnit(Runnable restart) {
    if (pieces.next()) {
      restart.run();
    }
  }

  private void visitUnit(Coefficients[] stored, int i, int row, int column, BlockStep step) {
    Scan.Part part = scan.parts().get(i);
    Component component = frame.components().get(part.index());
    Coefficients target = stored[part.index()];
    for (int v = 0; v < component.v(); v++) {
      for (int h = 0; h < component.h(); h++) {
        int at = target.at(row * component.v() + v, column * component.h() + h);
        step.run(i, part, target.values(), at);
      }
    }
  }
}
